/**
 * Loads routes from a text that was made before, as after a cold start, and says what that cost:
 * `load-program.ts SUBJECT FILE INGRESSES PATHS SERVICE`.
 */
import { readFileSync } from 'node:fs';

import { LOADERS } from './loaders.ts';
import { hostOf, pathOf } from './world.ts';

export interface LoadSample {
  /** From the text to the first match, in milliseconds. */
  readonly time: number;
  /** What of the heap is kept, in MB: without the text. */
  readonly kept: number;
}

const [name = '', file = '', ingresses = 0, paths = 0, wanted] = process.argv.slice(2);
const load = LOADERS.find((each) => each.name === name)?.load;
if (load === undefined) throw new Error(`no loader ${name}`);
const host = hostOf(Number(ingresses) >> 1);
const path = pathOf(Number(paths) - 1);
const text = readFileSync(file, 'utf8');
globalThis.gc?.();
const { heapUsed } = process.memoryUsage();
const begun = performance.now();
const find = load(text);
const found = find(host, path);
const time = performance.now() - begun;
globalThis.gc?.();
const kept = (process.memoryUsage().heapUsed - heapUsed) / 1e6;
// Asked once more, so that what was loaded is still needed when it is weighed.
for (const each of [found, find(host, `${path === '/' ? '' : path}/below`)]) {
  if (each !== wanted) throw new Error(`${name} found ${each}, not ${wanted}`);
}
process.send?.({ time, kept } satisfies LoadSample);
