import type { RegisterError } from '../api-request/api-request.ts';

/** Milliseconds between two tries where the control plane says that this can't be. */
const SLOW = 60_000;

/** Milliseconds between two tries at most where it is away. */
const LONGEST_RETRY = 60_000;

/** Milliseconds. Nobody is left alone for longer, whatever they ask for. */
const LONGEST_RETRY_AFTER = 300_000;

/**
 * When to renew next: after a third of the duration, or up to a fifth earlier, so that many who began together spread out.
 * Two renewals may fail before the Lease runs out.
 *
 * @param duration Of the Lease, in milliseconds.
 * @param random From 0 to below 1.
 * @returns Milliseconds.
 */
export function renewalDelay(duration: number, random: number): number {
  return (duration / 3) * (1 - random / 5);
}

/**
 * When to try again. Where no answer came, or one that may be another soon, after a thirtieth of the duration, then twice as
 * long each time, up to a third of it or a minute, with jitter. Where the control plane refused, and only people can change
 * that, after a minute. Never before `Retry-After` is over, or five minutes of it.
 *
 * @param failures How many there were in a row, this one counted.
 * @returns Milliseconds.
 */
export function retryDelay(
  error: RegisterError,
  failures: number,
  duration: number,
  random: number,
): number {
  const retryAfter = Math.min(error.retryAfter ?? 0, LONGEST_RETRY_AFTER);
  if (isRefusal(error)) return Math.max(SLOW, retryAfter) * (1 + random / 5);
  const longest = Math.min(duration / 3, LONGEST_RETRY);
  const delay = Math.min((duration / 30) * 2 ** (failures - 1), longest) * (1 - random / 2);
  return Math.max(delay, retryAfter);
}

/** Timeout, conflict, too early and too many requests pass by themselves: RFC 9110 section 15.5, RFC 8470, RFC 6585. */
const PASSING = new Set([408, 409, 425, 429]);

/** Whether only people can change that. */
export function isRefusal({ status }: RegisterError): boolean {
  return status !== undefined && status < 500 && !PASSING.has(status);
}
