import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { fileFault } from '../io/file-fault.ts';

/** A line of a text, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a file, or of standard input for `-`, one after another: the file may be of any size.
 *
 * @throws {UsageError} where it can't be read.
 */
export async function* readLines(path: string): AsyncGenerator<Line, void, undefined> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  let number = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      number += 1;
      yield { number, text: number === 1 ? text.replace(/^\uFEFF/u, '') : text };
    }
  } catch (error) {
    throw fileFault(path, 'read', error);
  }
}
