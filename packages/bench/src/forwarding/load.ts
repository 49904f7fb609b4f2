import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { FIELDS, PAGES, UPLOAD } from './pages.ts';
import { installed, run, said } from './running.ts';

/** What clients do. */
export interface Load {
  readonly name: string;
  readonly page: keyof typeof PAGES;
  readonly method: 'GET' | 'POST';
  readonly connections: number;
  /** Whether each request has a connection of its own. */
  readonly closes: boolean;
  readonly isSecure: boolean;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
}

/** What the program of ours is told. */
export interface LoadTask extends Load {
  readonly port: number;
  readonly seconds: number;
}

/** Which program makes the load. */
export function loader(isShort: boolean): string | undefined {
  return isShort ? undefined : installed('wrk');
}

/**
 * Asks for a page again and again: with wrk, or where that is not installed, or takes too long, with a program of ours.
 *
 * @throws {Error} where an answer is not as it should be
 */
export async function put(
  load: Load,
  port: number,
  {
    seconds,
    wrk,
    folder,
  }: { readonly seconds: number; readonly wrk: string | undefined; readonly folder: string },
): Promise<LoadResult> {
  if (wrk !== undefined) return putByWrk(load, port, seconds, wrk, folder);
  const file = fileURLToPath(new URL('load-program.ts', import.meta.url));
  const task: LoadTask = { ...load, port, seconds };
  const running = run('others', process.execPath, [file, JSON.stringify(task)]);
  try {
    return await said<LoadResult>(running);
  } finally {
    await running.stop();
  }
}

async function putByWrk(
  { page, method, connections, closes, isSecure }: Load,
  port: number,
  seconds: number,
  wrk: string,
  folder: string,
): Promise<LoadResult> {
  const script = `${folder}/${method}.lua`;
  const content =
    method === 'POST'
      ? `wrk.body = '${UPLOAD}'\nwrk.headers['Content-Type'] = 'application/json'\n`
      : '';
  writeFileSync(script, `wrk.method = '${method}'\n${content}`);
  const fields = { ...FIELDS, ...(closes && { Connection: 'close' }) };
  const running = run('others', wrk, [
    '-t',
    '1',
    '-c',
    `${connections}`,
    '-d',
    `${seconds}s`,
    '-s',
    script,
    ...Object.entries(fields).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    `${isSecure ? 'https' : 'http'}://127.0.0.1:${port}${PAGES[page].path}`,
  ]);
  const { stdout } = running.child;
  const report = stdout === null ? '' : await text(stdout);
  await running.stop();
  const [, requests, taken] = /(\d+) requests in ([\d.]+)s/.exec(report) ?? [];
  if (requests === undefined || /Non-2xx|Socket errors/.test(report)) {
    throw new Error(`wrk was not content: ${report}`);
  }
  return { requests: Number(requests), seconds: Number(taken) };
}
