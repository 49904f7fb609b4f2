import { expect, it } from 'vitest';

import { turns } from './turns.ts';

it('never runs twice at a time, and once for all who ask while it runs', async () => {
  let running = 0;
  let runs = 0;
  const gate = Promise.withResolvers<void>();
  const ask = turns(async () => {
    running += 1;
    expect(running).toBe(1);
    await gate.promise;
    running -= 1;
    runs += 1;
  });
  const first = ask();
  await Promise.resolve();
  const later = [ask(), ask(), ask()];
  gate.resolve();
  await first;
  expect(runs).toBe(1);
  await Promise.all(later);
  expect(runs).toBe(2);
});

it('rejects as the work does, and goes on', async () => {
  let fails = true;
  const ask = turns(async () => {
    if (fails) throw new Error('broken');
  });
  await expect(ask()).rejects.toThrow('broken');
  fails = false;
  await expect(ask()).resolves.toBeUndefined();
});
