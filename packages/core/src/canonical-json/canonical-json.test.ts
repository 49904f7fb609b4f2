import { expect, it } from 'vitest';

import { canonicalJSON } from './canonical-json.ts';

it('canonical JSON has the keys of every object in order, and lists as they are', () => {
  expect(canonicalJSON({ b: [{ z: 1, a: null }, 2, 1], a: { d: 'x', c: true } })).toBe(
    '{"a":{"c":true,"d":"x"},"b":[{"a":null,"z":1},2,1]}',
  );
});

it('canonical JSON keeps keys that objects have by nature', () => {
  expect(canonicalJSON(JSON.parse('{"constructor":1,"__proto__":{"b":1,"a":2}}'))).toBe(
    '{"__proto__":{"a":2,"b":1},"constructor":1}',
  );
});
