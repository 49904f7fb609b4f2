import { describe, expect, it } from 'vitest';

import { configure } from './configuration.ts';

const DIALERS = [{ dialer: 'url' }];
const SECRET = 'sixteen letters!';
const EMPTY: Parameters<typeof configure>[1] = { services: [], routeSettings: {} };

function configured(variables: Readonly<Record<string, unknown>>, snapshot = EMPTY) {
  return configure({ DIALERS, ...variables }, snapshot);
}

describe('RESERVED_PATH', () => {
  it.each(['', '/.portolan', '/ops/here', '/~a/b-c_d.e', '/...'])('may be %j', (path) => {
    expect(configured({ RESERVED_PATH: path })).toMatchObject({ reservedPath: path });
  });

  it.each([
    '/:x',
    '/*',
    '/a/*',
    '/:x{.+}',
    '/a?',
    'a',
    '/',
    '/a/',
    '/a b',
    '/.',
    '/..',
    '/a/..',
    '/./a',
  ])('may not be %j, which would take other paths or none', (path) => {
    expect(() => configured({ RESERVED_PATH: path })).toThrow(/RESERVED_PATH/);
  });
});

describe('overrides', () => {
  it.each(['10.0.0.1:80', 'cart.shop:8080', '[fd00::1]:80'])('may lead to %j', (to) => {
    const moved = [{ dialer: 'url', overrides: { '10.0.0.7:80': to } }];
    expect(configured({ DIALERS: moved })).toBeDefined();
  });

  it.each(['user@inside:80', 'inside?:80', 'inside#:80', 'inside\\x:80', 'inside/x:80', 'inside'])(
    'may not lead to %j, which a URL reads as something else',
    (to) => {
      const moved = [{ dialer: 'url', overrides: { '10.0.0.7:80': to } }];
      expect(() => configured({ DIALERS: moved })).toThrow(/overrides/);
    },
  );
});

describe('ACCESS_LOG', () => {
  it('is all, failures or off, and failures where it is absent', () => {
    expect(configured({}).accessLog).toBe('failures');
    expect(configured({ ACCESS_LOG: 'all' }).accessLog).toBe('all');
    expect(() => configured({ ACCESS_LOG: 'none' })).toThrow(/ACCESS_LOG/);
  });
});

describe('ADMIN_TOKEN', () => {
  it('is a bearer token of 16 characters or more; absent, there is no admin side', () => {
    expect(configured({}).adminToken).toBeUndefined();
    const token = 'aZ09-._~+/aZ09==';
    expect(configured({ ADMIN_TOKEN: token }).adminToken).toBe(token);
  });

  it.each([
    '',
    'fifteenletters!',
    'aZ09-._~+/aZ09=',
    'two words, 16 characters',
    '=aZ09aZ09aZ09aZ09',
  ])('may not be %j, and its error does not say what it was', (token) => {
    const fault = `wrangler.jsonc, vars: ADMIN_TOKEN: must be at least 16 letters, digits or any of - . _ ~ + / and may end in =`;
    expect(() => configured({ ADMIN_TOKEN: token })).toThrow(new Error(fault));
  });

  it('is never told, whatever it is', () => {
    const number = 8_123_456_789_012_345;
    for (const name of ['ADMIN_TOKEN', 'SESSION_SECRET']) {
      expect(() => configured({ [name]: number })).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(String(number)) }),
      );
    }
  });
});

describe('TRUST', () => {
  it.each([{ hops: 1 }, { cidrs: ['192.0.2.0/24', '2001:db8::/32'] }])('may be %j', (trust) => {
    expect(configured({ TRUST: trust }).trust).toEqual(trust);
  });

  it.each([
    [1, 'TRUST'],
    [{ hops: -1 }, 'TRUST.hops'],
    [{ hops: '1' }, 'TRUST.hops'],
    [{ hop: 1 }, 'TRUST.hop'],
    [{ cidrs: '192.0.2.0/24' }, 'TRUST.cidrs'],
    [{ cidrs: ['192.0.2.1'] }, 'TRUST.cidrs.0: 192.0.2.1 is no block of addresses'],
  ])('may not be %j', (trust, fault) => {
    expect(() => configured({ TRUST: trust })).toThrow(fault);
  });

  it('is nobody where it is absent', () => {
    expect(configured({}).trust).toBeUndefined();
  });
});

describe('SETTINGS', () => {
  it('are for all Services, and for one', () => {
    const settings = {
      defaults: { firstByteTimeout: 500 },
      services: { 'shop/cart': { retries: 0 } },
    };
    expect(configured({ SETTINGS: settings }).settings).toEqual(settings);
    expect(configured({}).settings).toEqual({});
  });

  it.each([
    [{ defaults: { firstByteTimeout: 0 } }, 'SETTINGS.defaults: firstByteTimeout must be'],
    [
      { services: { 'shop/cart': { retires: 1 } } },
      'SETTINGS.services.shop/cart: retires there is no such setting',
    ],
    [{ services: { cart: {} } }, 'SETTINGS.services.cart: must be namespace/name of a Service'],
    [{ default: {} }, 'SETTINGS.default'],
    [{ defaults: [] }, 'SETTINGS.defaults: must be an object'],
  ])('%j is an error with its place', (settings, fault) => {
    expect(() => configured({ SETTINGS: settings })).toThrow(fault);
  });
});

describe('SESSION_SECRET', () => {
  const cart = { namespace: 'shop', name: 'cart', ports: [], ipFamilies: [] };
  const affinityCookie = { affinityCookie: 'to' };
  const ofService = {
    ...EMPTY,
    services: [{ 'shop/cart': { ...cart, settings: affinityCookie } }],
  };
  const ofRoute = { ...EMPTY, routeSettings: { 'Ingress shop/web': affinityCookie } };

  it('is needed for nothing else than affinity cookies', () => {
    expect(configured({}).sessionSecret).toBeUndefined();
    expect(configured({}, { ...EMPTY, services: [{ 'shop/cart': cart }] })).toBeDefined();
  });

  it.each([
    ['a Service', {}, ofService],
    ['a rule', {}, ofRoute],
    ['all Services by SETTINGS', { SETTINGS: { defaults: affinityCookie } }, EMPTY],
    ['one Service by SETTINGS', { SETTINGS: { services: { 'a/b': affinityCookie } } }, EMPTY],
  ])('is asked for where %s has one', (_, variables, snapshot) => {
    expect(() => configure({ DIALERS, ...variables }, snapshot)).toThrow(
      'SESSION_SECRET is missing, and affinityCookie is set',
    );
    expect(
      configure({ DIALERS, ...variables, SESSION_SECRET: SECRET }, snapshot).sessionSecret,
    ).toBe(SECRET);
  });

  it('is of 16 characters or more', () => {
    expect(() => configured({ SESSION_SECRET: SECRET.slice(1) })).toThrow(
      'SESSION_SECRET: must be at least 16 characters',
    );
  });
});
