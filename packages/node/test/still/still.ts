import { setTimeout } from 'node:timers/promises';

/** Waits until a number is above 0, and then changes no more. */
export async function still(read: () => number): Promise<number> {
  let before = 0;
  do {
    before = read();
    await setTimeout(100);
  } while (before === 0 || read() !== before);
  return before;
}
