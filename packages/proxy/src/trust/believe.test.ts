import { authority, parseIP } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { believe, type Believed, type Peer } from './believe.ts';
import { isTrustedBy, type Trust } from './trust.ts';

const PROXY = '10.0.0.1';

function told(
  fields: HeadersInit,
  trust: Trust = { hops: 1 },
  peer: Peer = { address: PROXY },
): Believed | undefined {
  const isTrusted = isTrustedBy(trust);
  return isTrusted && believe(new Headers(fields), peer, isTrusted);
}

function hopsOf(...args: Parameters<typeof told>): readonly string[] | undefined {
  return told(...args)?.claims.hops;
}

describe('X-Forwarded-For', () => {
  const list = '192.0.2.9, 198.51.100.7, 10.0.0.3,10.0.0.2';

  it.each<[Trust, readonly string[] | undefined]>([
    [{}, undefined],
    [{ hops: 1 }, ['10.0.0.2', PROXY]],
    [{ hops: 2 }, ['10.0.0.3', '10.0.0.2', PROXY]],
    [{ hops: 3 }, ['198.51.100.7', '10.0.0.3', '10.0.0.2', PROXY]],
    [{ hops: 9 }, ['192.0.2.9', '198.51.100.7', '10.0.0.3', '10.0.0.2', PROXY]],
    [{ cidrs: ['10.0.0.0/8'] }, ['198.51.100.7', '10.0.0.3', '10.0.0.2', PROXY]],
    [{ cidrs: ['10.0.0.1/32'] }, ['10.0.0.2', PROXY]],
    [{ cidrs: ['10.0.0.2/32'] }, undefined],
    [{ hops: 1, cidrs: ['10.0.0.2/31'] }, ['198.51.100.7', '10.0.0.3', '10.0.0.2', PROXY]],
    [{ cidrs: ['0.0.0.0/0'] }, ['192.0.2.9', '198.51.100.7', '10.0.0.3', '10.0.0.2', PROXY]],
  ])('is, with %o, read as %o', (trust, hops) => {
    const believed = told({ 'x-forwarded-for': list }, trust);
    expect(believed?.claims.hops).toEqual(hops);
    expect(believed?.clientAddress).toBe(hops?.[0]);
  });

  it('may be spread over several lines', () => {
    const lines: [string, string][] = [
      ['x-forwarded-for', '192.0.2.9'],
      ['X-Forwarded-For', '198.51.100.7,10.0.0.2'],
    ];
    expect(hopsOf(lines, { hops: 2 })).toEqual(['198.51.100.7', '10.0.0.2', PROXY]);
  });

  it.each([
    ['198.51.100.7:4711', '198.51.100.7'],
    ['[2001:db8::7]:4711', '2001:db8::7'],
    ['2001:DB8:0::7', '2001:db8::7'],
    ['\t 198.51.100.7 ', '198.51.100.7'],
  ])('may have %o for %s', (text, address) => {
    expect(told({ 'x-forwarded-for': `6.6.6.6,${text}` })?.clientAddress).toBe(address);
  });

  it.each(['unknown', '_hidden', '', 'garbage', '1.2.3', '"198.51.100.7"', '10.0.0.2 10.0.0.3'])(
    'is followed no further than to %o',
    (text) => {
      const fields = { 'x-forwarded-for': `6.6.6.6, ${text}, 10.0.0.2` };
      expect(hopsOf(fields, { hops: 9 })).toEqual(['10.0.0.2', PROXY]);
    },
  );

  it('leaves the peer as the client where there is none', () => {
    expect(told({})).toMatchObject({ clientAddress: PROXY, claims: { hops: [PROXY] } });
  });

  it('counts a peer whose address nobody knows', () => {
    const fields = { 'x-forwarded-for': '6.6.6.6, 198.51.100.7' };
    expect(hopsOf(fields, { hops: 1 }, {})).toEqual(['198.51.100.7', 'unknown']);
    expect(hopsOf(fields, { cidrs: ['0.0.0.0/0', '::/0'] }, {})).toBeUndefined();
  });

  it('does not count the address that the platform itself appended', () => {
    const peer = { address: PROXY, isAppended: true };
    const fields = { 'x-forwarded-for': '6.6.6.6, 198.51.100.7, 10.0.0.1' };
    expect(hopsOf(fields, { hops: 1 }, peer)).toEqual(['198.51.100.7', PROXY]);
    expect(hopsOf({ 'x-forwarded-for': PROXY }, { hops: 2 }, peer)).toEqual([PROXY]);
    // A local Workers runtime appends nothing.
    const local = { 'x-forwarded-for': '6.6.6.6, 198.51.100.7' };
    expect(hopsOf(local, { hops: 1 }, peer)).toEqual(['198.51.100.7', PROXY]);
  });
});

describe('Forwarded', () => {
  it('is read where there is no X-Forwarded-For', () => {
    const forwarded =
      'for=192.0.2.9;proto=http, For="[2001:db8::7]:4711";Proto=HTTPS;host="shop.example:8443", for=10.0.0.2;proto=http';
    expect(told({ forwarded }, { hops: 2 })).toEqual({
      clientAddress: '2001:db8::7',
      scheme: 'https',
      claims: { hops: ['2001:db8::7', '10.0.0.2', PROXY], host: 'shop.example:8443' },
    });
    expect(told({ forwarded }, { hops: 1 })).toMatchObject({
      clientAddress: '10.0.0.2',
      scheme: 'http',
    });
  });

  it('is not mixed with the other fields', () => {
    const forwarded = 'for=6.6.6.6;proto=https;host=evil.example';
    expect(told({ forwarded, 'x-forwarded-for': '198.51.100.7' })).toEqual({
      clientAddress: '198.51.100.7',
      scheme: undefined,
      claims: { hops: ['198.51.100.7', PROXY] },
    });
    const others = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
    expect(told({ forwarded: 'for=198.51.100.7', ...others })).toEqual({
      clientAddress: '198.51.100.7',
      scheme: undefined,
      claims: { hops: ['198.51.100.7', PROXY] },
    });
  });

  it.each(['unknown', '_hidden', '"_hidden:_port"', '""'])('ends at for=%s', (node) => {
    const forwarded = `for=6.6.6.6, for=${node};proto=https, for=10.0.0.2`;
    expect(told({ forwarded }, { hops: 9 })).toMatchObject({
      clientAddress: '10.0.0.2',
      scheme: 'https',
      claims: { hops: ['10.0.0.2', PROXY] },
    });
  });

  it('ends at an element that says of nobody', () => {
    const forwarded = 'for=6.6.6.6, proto=https';
    expect(told({ forwarded }, { hops: 9 })).toMatchObject({
      clientAddress: PROXY,
      scheme: 'https',
    });
  });

  it.each(['for="', 'for="\\', '"', ';;;', 'for=a b', '\\', 'for="6.6.6.6";host="'])(
    'is not hidden by a client that begins it with %o',
    (forwarded) => {
      const lines: [string, string][] = [
        ['forwarded', forwarded],
        ['forwarded', 'for="[2001:db8::7]";host="a,b";proto=https'],
      ];
      expect(told(lines)).toMatchObject({ clientAddress: '2001:db8::7', scheme: 'https' });
    },
  );
});

describe('what else a trusted proxy says', () => {
  it.each([
    ['https', 'https'],
    ['HTTP', 'http'],
    ['wss', 'https'],
    ['ws', 'http'],
    ['ftp', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('X-Forwarded-Proto %o is the scheme %s', (proto, scheme) => {
    expect(told({ 'x-forwarded-proto': proto })?.scheme).toBe(scheme);
  });

  it.each<[Trust, string]>([
    [{ hops: 1 }, 'http'],
    [{ hops: 2 }, 'https'],
    [{ hops: 3 }, 'http'],
    [{ hops: 9 }, 'http'],
  ])('of a list counts, with %o, the one of the outermost proxy', (trust, scheme) => {
    const proto = 'http,https, http';
    const forwardedFor = '192.0.2.9, 10.0.0.3, 10.0.0.2';
    const fields = { 'x-forwarded-for': forwardedFor, 'x-forwarded-proto': proto };
    expect(told(fields, trust)?.scheme).toBe(scheme);
  });

  it('of a list that is shorter counts the first', () => {
    const fields = { 'x-forwarded-for': '192.0.2.9, 10.0.0.2', 'x-forwarded-proto': 'https' };
    expect(told(fields, { hops: 2 })?.scheme).toBe('https');
  });

  it.each([
    ['shop.example', 'shop.example'],
    ['shop.example:8443', 'shop.example:8443'],
    ['[2001:db8::1]:80', '[2001:db8::1]:80'],
    ['shop.example/evil', undefined],
    ['a@b', undefined],
    ['shop.example:0', undefined],
    ['shop.example:65536', undefined],
    ['[::1', undefined],
    ['[1:2]', undefined],
    ['', undefined],
  ])('X-Forwarded-Host %o is the host %s', (text, host) => {
    expect(told({ 'x-forwarded-host': text })?.claims.host).toBe(host);
  });

  it.each([
    ['443', 443],
    ['65535', 65_535],
    ['0', undefined],
    ['65536', undefined],
    ['8e1', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('X-Forwarded-Port %o is the port %s', (text, port) => {
    expect(told({ 'x-forwarded-port': text })?.claims.port).toBe(port);
  });

  it.each([
    ['6f2c-1.a_b~', true],
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    ['', false],
    ['a b', false],
    ['a,b', false],
    ['"a"', false],
    ['<script>', false],
  ])('the request id %o is kept: %s', (requestId, isKept) => {
    expect(told({ 'x-request-id': requestId })?.claims.requestId).toBe(
      isKept ? requestId : undefined,
    );
  });

  it('the trace goes on where it is valid', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const tracestate = 'congo=t61rcWkgMzE';
    expect(told({ traceparent, tracestate })?.claims).toMatchObject({ traceparent, tracestate });
    const without = { hops: [PROXY] };
    expect(told({ tracestate })?.claims).toEqual(without);
    expect(told({ traceparent: `${traceparent}-`, tracestate })?.claims).toEqual(without);
    expect(told({ traceparent, tracestate: 'Congo=1' })?.claims).toEqual({
      ...without,
      traceparent,
    });
  });
});

describe('whatever the fields say', () => {
  interface Entry {
    readonly text: string;
    /** As it is to be read; absent: nobody can. */
    readonly address?: string;
  }
  const address = fc.oneof(
    fc.ipV4(),
    fc.integer({ min: 1, max: 0xffff }).map((group) => `2001:db8::${group.toString(16)}`),
  );
  const character = fc
    .integer({ min: 0x20, max: 0x7e })
    .map((code) => String.fromCharCode(code))
    .filter((each) => each !== ',');
  const entry = fc.oneof(
    address.map((text): Entry => ({ text, address: text })),
    address.map((text): Entry => ({ text: `\t${authority(text, 80)} `, address: text })),
    fc
      .constantFrom('unknown', '', ' ', '_x', '"', 'for=', '\\', '[', '1.2.3.4.5')
      .map((text): Entry => ({ text })),
    fc.string({ unit: character }).map((text): Entry => ({ text: `z${text}` })),
  );
  const entries = fc.array(entry, { maxLength: 8 });
  const list = entries.map((each) => each.map(({ text }) => text).join(','));
  const trust = fc.oneof(
    fc.nat({ max: 5 }).map((hops): Trust => ({ hops })),
    fc.constantFrom<Trust>({ cidrs: ['0.0.0.0/1'] }, { cidrs: ['::/1', '128.0.0.0/1'], hops: 1 }),
  );

  it('nobody is believed from further left than trust allows, or than can be read', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 5 }), (said, hops) => {
        const fromRight = said.toReversed().slice(0, hops);
        const unread = fromRight.findIndex(({ address: known }) => known === undefined);
        const read = unread === -1 ? fromRight : fromRight.slice(0, unread);
        const expected = [...read.map(({ address: known }) => known).toReversed(), PROXY];
        const text = said.map((each) => each.text).join(',');
        expect(hopsOf({ 'x-forwarded-for': text }, { hops })).toEqual(expected);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('everybody between the client and us is trusted', () => {
    fc.assert(
      fc.property(list, trust, (text, trusted) => {
        const isTrusted = isTrustedBy(trusted);
        const found = hopsOf({ 'x-forwarded-for': text }, trusted) ?? [];
        for (const [distance, hop] of found.slice(1).toReversed().entries()) {
          expect(isTrusted?.(parseIP(hop), distance)).toBe(true);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('what a client sends changes nothing that a proxy appends to it', () => {
    const element = 'for="[2001:db8::7]:80";host="a\\"b;c,d";proto=https';
    fc.assert(
      fc.property(list, (text) => {
        expect(told({ forwarded: `${text}, ${element}` })).toEqual(told({ forwarded: element }));
        expect(told({ 'x-forwarded-for': `${text}, 198.51.100.7` })).toEqual(
          told({ 'x-forwarded-for': '198.51.100.7' }),
        );
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('nothing throws, and what is passed on can stand in a field', () => {
    const fields = fc.record({
      'x-forwarded-for': fc.option(list, { nil: '' }),
      'x-forwarded-proto': list,
      'x-forwarded-host': list,
      'x-forwarded-port': list,
      'x-request-id': list,
      forwarded: list,
      traceparent: list,
      tracestate: list,
    });
    fc.assert(
      fc.property(fields, trust, (said, trusted) => {
        const { claims } = told(said, trusted) ?? { claims: { hops: [] } };
        const { hops, host = '', requestId = '' } = claims;
        expect(`${hops.join('')}${host}${requestId}`).not.toMatch(/[\s",;\\]/);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
