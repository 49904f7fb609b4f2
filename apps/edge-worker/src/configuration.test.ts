import { describe, expect, it } from 'vitest';

import { configure } from './configuration.ts';

const DIALERS = [{ dialer: 'url' }];

describe('RESERVED_PATH', () => {
  it.each(['', '/.portolan', '/ops/here', '/~a/b-c_d.e'])('may be %j', (path) => {
    expect(configure({ DIALERS, RESERVED_PATH: path })).toMatchObject({ reservedPath: path });
  });

  it.each(['/:x', '/*', '/a/*', '/:x{.+}', '/a?', 'a', '/', '/a/', '/a b'])(
    'may not be %j, which would take other paths or none',
    (path) => {
      expect(() => configure({ DIALERS, RESERVED_PATH: path })).toThrow(/RESERVED_PATH/);
    },
  );
});

describe('TIME_TO_FIRST_BYTE', () => {
  it('is a number of milliseconds, and no limit where it is absent', () => {
    expect(configure({ DIALERS, TIME_TO_FIRST_BYTE: 500 }).timeToFirstByte).toBe(500);
    expect(configure({ DIALERS }).timeToFirstByte).toBeUndefined();
  });

  it.each([0, -1, 0.5, 2 ** 31, '500'])('may not be %j', (value) => {
    expect(() => configure({ DIALERS, TIME_TO_FIRST_BYTE: value })).toThrow(/TIME_TO_FIRST_BYTE/);
  });
});
