import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process that a test may kill, with all that it has started. */
export interface Part {
  /** Of its process group. */
  readonly pid: number | undefined;
  /** The first line that it printed, once it has. @throws where it ended before. */
  readonly ready: Promise<string>;
  /** What it has said on standard error. */
  readonly said: () => string;
  /** SIGKILL, to its whole process group. Resolves when it has ended. */
  readonly kill: () => Promise<void>;
}

/** Starts a program on Node as a process group of its own. */
export function startPart(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Part {
  const child = spawn(process.execPath, [program, ...args], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const ready = Promise.race([
    once(child.stdout, 'data').then(([chunk]) => String(chunk).trim()),
    exited.then(() => Promise.reject(new Error(`${program} ended: ${said}`))),
  ]);
  // Not everybody waits for it.
  ready.catch(() => undefined);
  return {
    pid: child.pid,
    ready,
    said: () => said,
    kill: async () => {
      killGroup(child);
      await exited;
    },
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
