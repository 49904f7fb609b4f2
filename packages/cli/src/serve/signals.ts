/** What a process is told by signals while it serves. */
export interface Signals {
  /** Resolves at the first SIGTERM or SIGINT. At the second the process ends at once. */
  readonly asked: Promise<void>;
  /** What is to be done on SIGHUP; nothing before. */
  readonly onHangup: (reload: () => void) => void;
  /** Leaves signals to the system again. */
  readonly end: () => void;
}

/** A shell tells by 128 and the number which signal ended a process. */
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const;

/** Takes signals from now on. */
export function catchSignals(): Signals {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  let isAsked = false;
  let hangup = (): void => undefined;
  const ending = (signal: keyof typeof NUMBERS): void => {
    if (isAsked) process.exit(128 + NUMBERS[signal]);
    isAsked = true;
    resolve();
  };
  const onInterrupt = (): void => ending('SIGINT');
  const onTerminate = (): void => ending('SIGTERM');
  const onHangup = (): void => hangup();
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  process.on('SIGHUP', onHangup);
  return {
    asked,
    onHangup: (reload) => {
      hangup = reload;
    },
    end: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      process.off('SIGHUP', onHangup);
    },
  };
}
