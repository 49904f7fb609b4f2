import { describe, expect, it } from 'vitest';

import { validateConfigMapKey } from './config-map-key.ts';

const PATTERN =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

describe('a key of a ConfigMap', () => {
  it.each(['a', '.dockerconfigjson', '-', 'tls.crt', 'A_B', 'a..b', 'a'.repeat(253)])(
    'may be %j',
    (key) => {
      expect(validateConfigMapKey(key)).toEqual([]);
    },
  );

  it.each([
    ['', PATTERN],
    ['a/b', PATTERN],
    ['é', PATTERN],
    ['.', "must not be '.'"],
    ['..', "must not be '..'"],
    ['..a', "must not start with '..'"],
    ['a'.repeat(254), 'must be no more than 253 characters'],
  ])('may not be %j', (key, message) => {
    expect(validateConfigMapKey(key)).toEqual([message]);
  });
});
