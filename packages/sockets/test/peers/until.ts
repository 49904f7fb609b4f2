import { setTimeout } from 'node:timers/promises';

/** Waits until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  const last = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > last) throw new Error(`still not: ${String(holds)}`);
    await setTimeout(10);
  }
}

/** Waits until a number is above 0, and then changes no more. */
export async function still(read: () => number): Promise<number> {
  let before = 0;
  do {
    before = read();
    await setTimeout(200);
  } while (before === 0 || read() !== before);
  return before;
}
