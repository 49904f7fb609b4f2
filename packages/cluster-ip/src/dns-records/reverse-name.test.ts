import { expect, it } from 'vitest';

import { reverseName } from './reverse-name.ts';

it('an IPv4 address is kept under in-addr.arpa, its numbers reversed', () => {
  expect(reverseName('10.244.1.7')).toBe('7.1.244.10.in-addr.arpa');
});

it('an IPv6 address is kept under ip6.arpa, its nibbles reversed (the example of RFC 3596)', () => {
  expect(reverseName('4321:0:1:2:3:4:567:89ab')).toBe(
    'b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa',
  );
});

it('anything else has no such name', () => {
  expect(() => reverseName('example.com')).toThrow(TypeError);
});
