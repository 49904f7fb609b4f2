import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a program of ours in a process of its own, with a heap and compiled code of its own, and gives the message that it sends.
 *
 * @param file below `src/`
 * @throws {Error} where it ends without one
 */
export async function apart<Message>(
  file: string,
  parameters: readonly (string | number)[],
  execArgv: readonly string[] = ['--expose-gc'],
): Promise<Message> {
  const child = fork(new URL(`../${file}`, import.meta.url), parameters.map(String), {
    execArgv: [...execArgv],
  });
  const ended = once(child, 'exit').then(([code]: unknown[]): never => {
    throw new Error(`${file} ${parameters.join(' ')} ended with ${String(code)} and no result`);
  });
  // The program is ours, and says what it is asked for.
  const told = once(child, 'message').then(([message]): Message => message);
  try {
    return await Promise.race([told, ended]);
  } finally {
    child.kill();
  }
}
