import type { Dialer, DialTarget, Reachable, Unreachable } from './dialer.ts';

/** A dialer that reaches the target. */
export interface Reached {
  /** The name of the dialer. */
  readonly dialer: string;
  readonly by: Reachable;
}

/** No dialer reaches the target: what each of them said, in their order. */
export interface NotReached {
  readonly reasons: readonly (Unreachable & { readonly dialer: string })[];
}

/** Asks the dialers in their order; the first that reaches the target is taken. One that throws does not reach it. */
export function dialWith(dialers: readonly Dialer[], target: DialTarget): Reached | NotReached {
  const reasons: NotReached['reasons'][number][] = [];
  for (const { name, dial } of dialers) {
    const dialled = attempted(dial, target);
    if (!('unreachable' in dialled)) return { dialer: name, by: dialled };
    reasons.push({ dialer: name, ...dialled });
  }
  return { reasons };
}

function attempted(dial: Dialer['dial'], target: DialTarget): ReturnType<Dialer['dial']> {
  try {
    return dial(target);
  } catch (error) {
    return { unreachable: 'DialerFailed', message: String(error) };
  }
}
