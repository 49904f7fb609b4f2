import { expect, it } from 'vitest';

import { TLSSessions } from './tls-sessions.ts';

it('sessions are remembered of the endpoints that were connected to last, and no more than 256', () => {
  const sessions = new TLSSessions();
  const base = (index: number): string => `https://10.0.${index >> 8}.${index & 255}`;
  for (let index = 0; index < 256; index += 1) sessions.remember(base(index), Buffer.of(index));
  sessions.remember(base(0), Buffer.of(7));
  sessions.remember(base(256), Buffer.of(0));
  expect(sessions.of(base(0))).toEqual(Buffer.of(7));
  expect(sessions.of(base(1))).toBeUndefined();
  expect(sessions.of(base(2))).toEqual(Buffer.of(2));
  expect(sessions.of(base(256))).toEqual(Buffer.of(0));
});
