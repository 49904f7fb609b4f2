import { dialWith } from '../dialer/dial-with.ts';
import type { Dialer } from '../dialer/dialer.ts';
import { errorMessage } from '../forward/error-message.ts';
import type { HealthTarget } from './health-targets.ts';
import type { Sleep } from './sleep.ts';

/** What one check found. */
export interface CheckResult {
  /** `Unreachable`: no dialer reaches the endpoint, so nobody knows how it is. */
  readonly found: 'Bad' | 'Good' | 'Unreachable';
  /** Why, for operators. */
  readonly message: string;
}

export interface CheckOptions {
  readonly dialers: readonly Dialer[];
  readonly sleep: Sleep;
}

/**
 * Asks an endpoint once how it is: GET of its `healthPath`. Good is a status of 200–399 in time; redirects are not followed,
 * and the body is not read. Never rejects.
 *
 * @param closed Aborts the check; what it found is then of no use.
 */
export async function check(
  { endpoint, service, settings: { path, timeout } }: HealthTarget,
  { dialers, sleep }: CheckOptions,
  closed: AbortSignal,
): Promise<CheckResult> {
  const dialled = dialWith(dialers, { endpoint, service });
  if ('reasons' in dialled) {
    const said = dialled.reasons.map(({ dialer, message }) => `${dialer}: ${message}`);
    return { found: 'Unreachable', message: said.join('; ') || 'there is no dialer' };
  }

  const limit = new AbortController();
  const done = new AbortController();
  const abort = (): void => limit.abort();
  closed.addEventListener('abort', abort);
  let isLate = false;
  void limitTime();
  try {
    const request = new Request(`${dialled.by.base}${path}`, {
      headers: { accept: '*/*', 'user-agent': USER_AGENT },
      redirect: 'manual',
      signal: limit.signal,
    });
    const { status, body } = await dialled.by.fetch(request);
    body?.cancel().catch(() => undefined);
    const isGood = status >= 200 && status < 400;
    return { found: isGood ? 'Good' : 'Bad', message: `${path} answers ${status}` };
  } catch (error) {
    const message = isLate ? `no answer within ${timeout} ms` : errorMessage(error);
    return { found: 'Bad', message: `${path}: ${message}` };
  } finally {
    done.abort();
    closed.removeEventListener('abort', abort);
  }

  async function limitTime(): Promise<void> {
    await sleep(timeout, done.signal);
    if (done.signal.aborted) return;
    isLate = true;
    abort();
  }
}

const USER_AGENT = 'portolan-health-check';
