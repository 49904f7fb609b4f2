import { deflateRawSync } from 'node:zlib';

import { expect, it } from 'vitest';

import { decodeScenario } from './permalink.ts';

it('a link that would inflate to more than 4 MiB is refused, and not inflated', async () => {
  const bomb = `1.${deflateRawSync(new Uint8Array(256 * 1024 * 1024)).toString('base64url')}`;
  const before = process.memoryUsage().arrayBuffers;
  await expect(decodeScenario(bomb)).rejects.toThrow('too large');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
});
