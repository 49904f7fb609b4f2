import type { Writable } from 'node:stream';

const CHUNK = 64 * 1024;

/**
 * Writes so many bytes, a chunk at a time, each when the one before it is gone.
 *
 * @returns how many are gone.
 */
export function flood(to: Writable, size: number): () => number {
  let gone = 0;
  const next = (): void => {
    if (gone >= size) return;
    const length = Math.min(CHUNK, size - gone);
    to.write(Buffer.alloc(length), () => {
      gone += length;
      next();
    });
  };
  next();
  return () => gone;
}
