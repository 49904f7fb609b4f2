import { assert, constantFrom, integer, property, record, string, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { annotationName } from '../annotation/annotation.ts';
import { SETTING_ANNOTATIONS } from '../annotation/annotations.ts';
import { RANGES } from '../constraint/constraint.ts';
import { DEFAULT_SETTINGS } from '../traffic-settings/traffic-settings.ts';
import { duration } from './duration.ts';
import { hashKey } from './hash-key.ts';
import { size } from './size.ts';
import { statuses } from './statuses.ts';
import { cookieName, path } from './text.ts';
import { wholeNumber } from './whole-number.ts';

const ANY_TIME = duration({ least: 0, most: 2 ** 31 - 1 });
const ANY_SIZE = size({ least: 0, most: Number.MAX_SAFE_INTEGER });

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['0s', 0],
    ['00010s', 10_000],
    ['10s30m1h', 5_410_000],
    ['100ms200ms300ms', 600],
    ['596h31m23s647ms', 2 ** 31 - 1],
  ])('%s is %i milliseconds', (text, milliseconds) => {
    expect(ANY_TIME.read(text)).toBe(milliseconds);
  });

  it.each([
    '',
    '10',
    's',
    '1.5s',
    '-1s',
    '+1s',
    ' 1s',
    '1 s',
    '1s ',
    '1S',
    '1d',
    '1us',
    '100000s',
    '1h1m1s1ms1ms',
    '596h31m23s648ms',
    '1s\n',
  ])('is not %j', (text) => {
    expect(ANY_TIME.read(text)).toBeUndefined();
  });

  it('has to be within its range', () => {
    const format = duration({ least: 1_000, most: 60_000 });
    expect(['999ms', '1s', '1m', '1m1ms'].map(format.read)).toEqual([
      undefined,
      1_000,
      60_000,
      undefined,
    ]);
    expect(format.expected).toBe('a duration from 1s to 1m');
  });

  it('is read as it is written', () => {
    assert(
      property(integer({ min: 0, max: 2 ** 31 - 1 }), (milliseconds) => {
        expect(ANY_TIME.read(ANY_TIME.write(milliseconds))).toBe(milliseconds);
      }),
    );
  });

  it('is the sum of its parts, whatever their order', () => {
    const units = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
    const count = integer({ min: 0, max: 100 });
    assert(
      property(
        record({ h: count, m: count, s: count, ms: count }),
        subarray(['h', 'm', 's', 'ms'] as const, { minLength: 1 }),
        (counts, order) => {
          const text = order.map((unit) => `${counts[unit]}${unit}`).join('');
          const sum = order.reduce((all, unit) => all + counts[unit] * units[unit], 0);
          expect(ANY_TIME.read(text)).toBe(sum);
        },
      ),
    );
  });
});

describe('a size', () => {
  it.each([
    ['1000', 1_000],
    ['64Ki', 65_536],
    ['10Mi', 10_485_760],
    ['1G', 1_000_000_000],
    ['2k', 2_000],
    ['3Gi', 3 * 2 ** 30],
    ['0', 0],
  ])('%s is %i bytes', (text, bytes) => {
    expect(ANY_SIZE.read(text)).toBe(bytes);
  });

  it.each(['', '1.5Mi', '1e3', '100m', '1K', '1kB', '10MB', '-1', '+1', ' 1', '1 Ki', '9000Ti'])(
    'is not %j',
    (text) => {
      expect(ANY_SIZE.read(text)).toBeUndefined();
    },
  );

  it('is read as it is written', () => {
    assert(
      property(
        integer({ min: 0, max: 4096 }),
        constantFrom(1, 1e3, 2 ** 10, 1e6, 2 ** 20),
        (count, unit) => {
          expect(ANY_SIZE.read(ANY_SIZE.write(count * unit))).toBe(count * unit);
        },
      ),
    );
  });
});

describe('a whole number', () => {
  const format = wholeNumber(RANGES.retries);
  it('is digits within the range', () => {
    expect(['0', '3', '5'].map(format.read)).toEqual([0, 3, 5]);
  });
  it.each(['', '6', '-1', '+1', '1.0', '1e0', '0x1', '01', ' 1', '１', 'Infinity'])(
    'is not %j',
    (text) => {
      expect(format.read(text)).toBeUndefined();
    },
  );
});

describe('a hash key', () => {
  it.each([
    ['client-address', { type: 'ClientAddress' }],
    ['header:X-User', { type: 'Header', name: 'x-user' }],
    ['cookie:Session', { type: 'Cookie', name: 'Session' }],
    ['query:user id', { type: 'QueryParam', name: 'user id' }],
    ['query:a:b', { type: 'QueryParam', name: 'a:b' }],
  ])('%s is %j', (text, key) => {
    expect(hashKey.read(text)).toEqual(key);
  });

  it.each([
    '',
    'ClientAddress',
    'client-address:a',
    'header',
    'headerx',
    'header:',
    'header: x',
    'header:a b',
    'header:ä',
    'cookie:a=b',
    'cookie:a;b',
    'query:',
    'query:a\nb',
    'path:/',
  ])('is not %j', (text) => {
    expect(hashKey.read(text)).toBeUndefined();
  });

  it('is read as it is written', () => {
    assert(
      property(
        constantFrom('header', 'cookie', 'query'),
        string({ unit: constantFrom('a', 'Z', '0', '-', '_', '.', '~'), minLength: 1 }),
        (source, name) => {
          const key = hashKey.read(`${source}:${name}`);
          expect(key).toHaveProperty('name');
          expect(hashKey.read(hashKey.write(key ?? { type: 'ClientAddress' }))).toEqual(key);
        },
      ),
    );
  });
});

describe('statuses', () => {
  it('are each there once, in order', () => {
    expect(statuses.read('503')).toEqual([503]);
    expect(statuses.read('503,429, 502,503')).toEqual([429, 502, 503]);
  });
  it.each(['', '200', '404', '600', '5xx', '502;503', '502,', ',502', '502 503', '5e2'])(
    'are not %j',
    (text) => {
      expect(statuses.read(text)).toBeUndefined();
    },
  );
});

describe('the path of a health check', () => {
  it.each(['/', '/healthz', '/a/b.c~d_e-f', '/health?deep=1&x', '/%20'])('may be %s', (text) => {
    expect(path.read(text)).toBe(text);
  });
  it.each([
    '',
    'healthz',
    '//evil.example/',
    '/\\evil.example/',
    '/a b',
    '/a#b',
    '/ä',
    'http://a/',
    '/a\n',
  ])('may not be %j', (text) => {
    expect(path.read(text)).toBeUndefined();
  });
});

describe('the name of a cookie', () => {
  it('is a token', () => {
    expect(cookieName.read('__Host-shop.session')).toBe('__Host-shop.session');
    expect(['', 'a b', 'a=b', 'a;b', 'a,b', '"a"', 'ä'].map(cookieName.read)).toEqual(
      Array.from({ length: 7 }, () => undefined),
    );
  });
});

describe('the table', () => {
  it('has an example for each annotation that can be read', () => {
    const misread = Object.entries(SETTING_ANNOTATIONS)
      .filter(([, { format, example }]) => format.read(example) === undefined)
      .map(([field]) => annotationName(field));
    expect(misread).toEqual([]);
  });

  it('can write every default', () => {
    const { retryBodyLimit, hashKey: key, ejectionTime } = SETTING_ANNOTATIONS;
    expect([
      retryBodyLimit.format.write(DEFAULT_SETTINGS.retryBodyLimit),
      key.format.write(DEFAULT_SETTINGS.hashKey),
      ejectionTime.format.write(DEFAULT_SETTINGS.ejectionTime),
    ]).toEqual(['64Ki', 'client-address', '10s']);
  });
});
