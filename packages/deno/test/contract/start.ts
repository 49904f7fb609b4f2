import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program that serves, in a process of its own. */
export interface Started {
  readonly port: number;
  /** Resolves with the exit code when the program has come to its end by itself. */
  readonly exited: Promise<number | null>;
  readonly stop: () => Promise<void>;
}

export type Start = (...parameters: string[]) => Promise<Started>;

/** Starts a program that writes the port it listens at, and waits for that. */
export function starter(...[command, ...first]: [string, ...string[]]): Start {
  return async (...parameters) => {
    const child = spawn(command, [...first, ...parameters], {
      // A group of its own: what npm installs as `deno` only starts the real one.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text) => (said += String(text)));
    const exited = once(child, 'exit').then(([code]): number | null => code);
    const [line] = await Promise.race([
      once(createInterface(child.stdout), 'line'),
      exited.then((code) => Promise.reject(new Error(`exited with ${code}: ${said}`))),
    ]);
    return {
      port: Number(line),
      exited,
      stop: async () => {
        if (child.exitCode !== null || child.pid === undefined) return;
        process.kill(-child.pid, 'SIGTERM');
        await exited;
      },
    };
  };
}
