import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { fileFault } from './file-fault.ts';
import type { IO } from './io.ts';

/**
 * Writes to a file, whose folder is made where it is missing, or without one to standard output.
 *
 * @throws {UsageError} where it can't be written.
 */
export async function writeOutput(file: string | undefined, text: string, io: IO): Promise<void> {
  if (file === undefined || file === '-') return io.out(text);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw fileFault(file, 'written', error);
  }
}
