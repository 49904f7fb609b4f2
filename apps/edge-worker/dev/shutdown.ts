import { readFileSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves when the process is asked to end: Ctrl-C, SIGTERM, SIGHUP, or the end of the npm that started it. */
export function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    // npm hands SIGTERM on to no more than a shell: that it is gone is all we notice.
    const launcher = Number(process.env['PORTOLAN_LAUNCHER'] ?? process.ppid);
    const end = (): void => {
      clearInterval(watching);
      resolve();
    };
    const watching = setInterval(() => {
      if (!isRunning(launcher)) end();
    }, 250);
    watching.unref();
    for (const signal of SIGNALS) process.on(signal, end);
  });
}

/** Whether a process has not ended, even if nobody has asked yet how it ended. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/\(.*\)/s, '')
      .includes(' Z ');
  } catch {
    return false;
  }
}

/** Runs `start` and takes away whatever it has signals do: they are for `untilAsked` alone. */
export async function withoutSignalHandlers<Started>(
  start: () => Promise<Started>,
): Promise<Started> {
  const before = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  const started = await start();
  for (const [signal, listeners] of before) {
    process.removeAllListeners(signal);
    for (const listener of listeners) process.on(signal, listener);
  }
  return started;
}
