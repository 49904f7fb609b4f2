import { describe, expect, it } from 'vitest';

import { SETTING_ANNOTATIONS } from '../annotation/annotations.ts';
import { DEFAULT_SETTINGS } from '../traffic-settings/traffic-settings.ts';
import { parseSettings } from './parse-settings.ts';

describe('settings as JSON', () => {
  it('are read as they are', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      loadBalancing: 'Maglev',
      hashKey: { type: 'Cookie', name: 'User' },
      affinityCookie: 'shop',
      affinityCookieMaxAge: 60_000,
      perTryTimeout: 1,
      firstByteTimeout: 2 ** 31 - 1,
      idleTimeout: 1,
      bodyLimit: 0,
      proxyProtocol: 'V2',
      maxRequests: 1,
      maxPendingRequests: 1,
      healthPath: '/healthz',
    };
    expect(parseSettings(settings)).toEqual({ settings });
    expect(Object.keys(settings).toSorted()).toEqual(Object.keys(SETTING_ANNOTATIONS).toSorted());
    expect(parseSettings({})).toEqual({ settings: {} });
  });

  it('get the form that annotations have', () => {
    const hashKey = { type: 'Header', name: 'X-User' };
    expect(parseSettings({ hashKey, retryOn: [503, 502, 503] })).toEqual({
      settings: { hashKey: { type: 'Header', name: 'x-user' }, retryOn: [502, 503] },
    });
  });

  it('lack what is undefined, so that it hides nothing where they are spread', () => {
    const { settings } = parseSettings({ retries: undefined, idleTimeout: 5 });
    expect({ retries: 2, ...settings }).toEqual({ retries: 2, idleTimeout: 5 });
  });
});

describe('a fault in settings', () => {
  it.each([
    [{ retries: 6 }, 'retries', 'must be a whole number from 0 to 5, not 6'],
    [{ retries: 1.5 }, 'retries', 'must be a whole number from 0 to 5, not 1.5'],
    [{ retries: '1' }, 'retries', 'must be a whole number from 0 to 5, not "1"'],
    [{ retries: null }, 'retries', 'must be a whole number from 0 to 5, not null'],
    [
      { firstByteTimeout: Infinity },
      'firstByteTimeout',
      'must be a whole number from 1 to 2147483647, not Infinity',
    ],
    [
      { firstByteTimeout: 2 ** 31 },
      'firstByteTimeout',
      'must be a whole number from 1 to 2147483647, not 2147483648',
    ],
    [{ retires: 1 }, 'retires', 'there is no such setting'],
    [
      { hostPolicy: 'preserve' },
      'hostPolicy',
      'must be Preserve, Require or Endpoint, not "preserve"',
    ],
    [{ proxyProtocol: 'V1' }, 'proxyProtocol', 'must be V2, not "V1"'],
    [
      { hashKey: 'client-address' },
      'hashKey',
      expect.stringMatching(/^must be an object with type/u),
    ],
    [{ hashKey: { type: 'Header' } }, 'hashKey.name', 'is missing'],
    [
      { hashKey: { type: 'Header', name: 'a b' } },
      'hashKey.name',
      'must be the name of a header, not "a b"',
    ],
    [{ hashKey: { type: 'ClientAddress', name: 'a' } }, 'hashKey.name', 'there is no such setting'],
    [
      { retryOn: 503 },
      'retryOn',
      'must be a list of statuses from 500 to 599, 408, 425 or 429, not 503',
    ],
    [
      { retryOn: [503, 404] },
      'retryOn.1',
      'must be a list of statuses from 500 to 599, 408, 425 or 429, not 404',
    ],
    [{ healthPath: '//a' }, 'healthPath', 'must be a path that begins with one slash, not "//a"'],
  ])('is said with its field: %j', (input, field, message) => {
    expect(parseSettings(input)).toEqual({ faults: [{ field, message }] });
  });

  it.each([undefined, null, 'a', 1, [], [{ retries: 1 }]])('is %j as a whole', (input) => {
    expect(parseSettings(input)).toEqual({
      faults: [{ field: '', message: 'must be an object' }],
    });
  });

  it('keeps no other from being said', () => {
    expect(parseSettings({ retries: 9, bodyLimit: -1, a: 1 }).faults).toHaveLength(3);
  });
});
