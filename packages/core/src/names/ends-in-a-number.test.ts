import { describe, expect, it } from 'vitest';

import { endsInANumber } from './ends-in-a-number.ts';

describe('a domain name', () => {
  it.each(['10.0.0.1', '127.1', '127.1.', '1', '0x7f.1', 'example.0x7f', 'example.0X7F', 'a.0x'])(
    'ends in a number when it is %j',
    (name) => {
      expect(endsInANumber(name)).toBe(true);
    },
  );

  it.each(['', '.', 'example.com', '1.example', 'a.1b', 'a.x1', 'a.00x1', 'a.0x7g', '127.1..'])(
    'ends in no number when it is %j',
    (name) => {
      expect(endsInANumber(name)).toBe(false);
    },
  );
});
