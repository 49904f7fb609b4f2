/** What tells that something is given up, as `AbortSignal` does. */
export interface AbortSource {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An `AbortController` and its signal in one, where nobody needs an `AbortSignal`: it costs next to nothing. */
export class Aborter implements AbortSource {
  aborted = false;
  reason: unknown;
  #listeners: Set<() => void> | undefined;

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const listeners = this.#listeners;
    this.#listeners = undefined;
    for (const listener of listeners ?? []) listener();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    if (!this.aborted) (this.#listeners ??= new Set()).add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener);
  }
}

/** Aborts as soon as one of them does, with its reason. */
export function anyOf(sources: readonly [AbortSource, ...AbortSource[]]): AbortSource {
  const [first, ...others] = sources;
  if (others.length === 0) return first;
  const any = new Aborter();
  for (const source of sources) whenAborted(source, (reason) => any.abort(reason));
  return any;
}

/** Calls back when the source aborts, at once if it has. */
export function whenAborted(source: AbortSource, then: (reason: unknown) => void): void {
  if (source.aborted) then(source.reason);
  else source.addEventListener('abort', () => then(source.reason));
}

/** The source as an `AbortSignal`: the very same where it is one. */
export function signalOf(source: AbortSource): AbortSignal {
  if (source instanceof AbortSignal) return source;
  const controller = new AbortController();
  whenAborted(source, (reason) => controller.abort(reason));
  return controller.signal;
}
