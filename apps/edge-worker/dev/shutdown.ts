import { readFileSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves when the process is asked to end: Ctrl-C, SIGTERM, SIGHUP, or the end of the npm that started it. */
export function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    const launch = parents().slice(0, lengthOfLaunch());
    const end = (): void => {
      clearInterval(watching);
      resolve();
    };
    // npm hands SIGTERM on to no more than a shell: that somebody above us is gone is all we notice.
    const watching = setInterval(() => {
      if (parents().slice(0, launch.length).join() !== launch.join()) end();
    }, 250);
    watching.unref();
    for (const signal of SIGNALS) process.on(signal, end);
  });
}

/** The processes above this one, the nearest first. Where there is no /proc to look them up in: the nearest alone. */
function parents(): readonly number[] {
  const found = [process.ppid];
  for (let pid = process.ppid; pid > 1; found.push(pid)) {
    const parent = Number(processField(pid, 'PPid') ?? 0);
    if (parent < 1) break;
    pid = parent;
  }
  return found;
}

/** How many of them are npm's doing: up to the topmost npm or pnpm. Who started that may leave without us. */
function lengthOfLaunch(): number {
  const names = parents().map((pid) => processField(pid, 'Name') ?? '');
  return names.findLastIndex((name) => /^p?npm\b/.test(name)) + 1;
}

function processField(pid: number, field: 'Name' | 'PPid'): string | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return new RegExp(`^${field}:\\t(.*)$`, 'm').exec(status)?.[1];
  } catch {
    return undefined;
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
