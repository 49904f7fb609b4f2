import { formatIP, type IPFamily } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeProxyHeader } from './decode.ts';
import { encodeProxyHeader } from './encode.ts';
import type { ConnectionAddresses } from './header.ts';

const port = fc.nat(65_535);
const ipv4 = fc
  .bigInt({ min: 0n, max: 2n ** 32n - 1n })
  .map((value) => formatIP({ family: 'IPv4', value }));
/** Not those that stand for IPv4 ones, which come out as such. */
const ipv6 = fc
  .bigInt({ min: 2n ** 64n, max: 2n ** 128n - 1n })
  .map((value) => formatIP({ family: 'IPv6', value }));

function side(family: IPFamily): fc.Arbitrary<ConnectionAddresses['source']> {
  return fc.record({ address: family === 'IPv4' ? ipv4 : ipv6, port });
}

const addresses: fc.Arbitrary<ConnectionAddresses> = fc
  .constantFrom<IPFamily>('IPv4', 'IPv6')
  .chain((family) => fc.record({ source: side(family), destination: side(family) }));

/** The same header in version 1. */
function line({ source, destination }: ConnectionAddresses): Uint8Array {
  const family = source.address.includes(':') ? 'TCP6' : 'TCP4';
  return bytes(
    `PROXY ${family} ${source.address} ${destination.address} ${source.port} ${destination.port}\r\n`,
  );
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const SIGNATURE = '\r\n\r\n\0\r\nQUIT\n';

describe('a header', () => {
  it('is read as it was written, whatever follows', () => {
    const rest = fc.uint8Array({ maxLength: 50 });
    fc.assert(
      fc.property(
        addresses,
        rest,
        fc.constantFrom(encodeProxyHeader, line),
        (each, more, write) => {
          const header = write(each);
          expect(decodeProxyHeader(Uint8Array.of(...header, ...more))).toEqual({
            length: header.length,
            addresses: each,
          });
        },
      ),
    );
  });

  it('is partial up to its last byte, wherever it is cut', () => {
    fc.assert(
      fc.property(addresses, fc.constantFrom(encodeProxyHeader, line), (each, write) => {
        const header = write(each);
        for (let cut = 0; cut < header.length; cut += 1) {
          expect(decodeProxyHeader(header.subarray(0, cut))).toBe('partial');
        }
      }),
      { numRuns: 30 },
    );
  });

  it('that begins otherwise is malformed from the first byte that differs', () => {
    const begun = fc
      .constantFrom(bytes(SIGNATURE), bytes('PROXY '))
      .chain((start) =>
        fc.record({ start: fc.constant(start), at: fc.nat(start.length - 1), byte: fc.nat(255) }),
      );
    fc.assert(
      fc.property(begun, fc.uint8Array({ maxLength: 20 }), ({ start, at, byte }, rest) => {
        // The two begin differently, so that a start of one is none of the other.
        fc.pre(byte !== start[at] && (at > 0 || ![0x0d, 0x50].includes(byte)));
        const header = Uint8Array.of(...start.subarray(0, at), byte, ...rest);
        expect(decodeProxyHeader(header.subarray(0, at + 1))).toBe('malformed');
        expect(decodeProxyHeader(header)).toBe('malformed');
      }),
    );
  });

  it('has the bytes that the specification has', () => {
    const header = encodeProxyHeader({
      source: { address: '192.0.2.1', port: 258 },
      destination: { address: '198.51.100.2', port: 443 },
    });
    const [from, to] = ['\xc0\x00\x02\x01', '\xc6\x33\x64\x02'];
    const expected = `\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c${from}${to}\x01\x02\x01\xbb`;
    expect(header).toEqual(bytes(expected));
  });

  it('has IPv4 addresses as IPv6 ones where only one side is IPv4', () => {
    const header = encodeProxyHeader({
      source: { address: '2001:db8::1', port: 1 },
      destination: { address: '192.0.2.1', port: 2 },
    });
    expect(header[13]).toBe(0x21);
    expect([...header.subarray(32, 48)]).toEqual([...Array(10).fill(0), 255, 255, 192, 0, 2, 1]);
    expect(decodeProxyHeader(header)).toMatchObject({
      addresses: { destination: { address: '192.0.2.1', port: 2 } },
    });
  });

  it('of what is no address is not made', () => {
    const source = { address: 'pay.example', port: 1 };
    expect(() => encodeProxyHeader({ source, destination: source })).toThrow(RangeError);
  });
});

describe('a header of version 1', () => {
  it.each([
    'PROXY UNKNOWN\r\n',
    'PROXY UNKNOWN ffff::1 ::1 4711 443\r\n',
    'PROXY UNKNOWN what ever\r\n',
  ])('may say that it knows nothing: %j', (text) => {
    expect(decodeProxyHeader(bytes(text))).toEqual({ length: text.length });
  });

  it.each([
    'PROXY \r\n',
    'PROXY TCP4\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.2 1\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.2 1 2 3\r\n',
    'PROXY TCP4 192.0.2.1  198.51.100.2 1 2\r\n',
    'PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n',
    'PROXY TCP6 192.0.2.1 198.51.100.2 1 2\r\n',
    'PROXY TCP4 192.0.2.01 198.51.100.2 1 2\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.2 65536 2\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.2 01 2\r\n',
    'PROXY TCP4 192.0.2.1 198.51.100.2 1 2\n',
    'PROXY TCP4 192.0.2.1 198.51.100.2 1 2\rX\n',
    'PROXY UDP4 192.0.2.1 198.51.100.2 1 2\r\n',
    'proxy TCP4 192.0.2.1 198.51.100.2 1 2\r\n',
    `PROXY UNKNOWN ${'a'.repeat(93)}\r\n`,
    `PROXY ${'a'.repeat(101)}`,
  ])('is malformed: %j', (text) => {
    expect(decodeProxyHeader(bytes(text))).toBe('malformed');
  });

  it('may be as long as the longest addresses make it', () => {
    const text = `PROXY UNKNOWN ${'a'.repeat(91)}\r\n`;
    expect(text).toHaveLength(107);
    expect(decodeProxyHeader(bytes(text))).toEqual({ length: 107 });
  });
});

describe('a header of version 2', () => {
  const at = '\xc0\x00\x02\x01\xc0\x00\x02\x02\x00\x01\x00\x02';

  it.each([
    ['LOCAL', '\x20\x00\x00\x00'],
    ['LOCAL with addresses that are not to be looked at', `\x20\x11\x00\x0c${at}`],
    ['PROXY without a family', '\x21\x00\x00\x00'],
    ['PROXY for a socket of UNIX', '\x21\x31\x00\x02ab'],
    ['PROXY for datagrams', `\x21\x12\x00\x0c${at}`],
  ])('may say nothing of a TCP connection: %s', (_, rest) => {
    const header = bytes(SIGNATURE + rest);
    expect(decodeProxyHeader(header)).toEqual({ length: header.length });
  });

  it('may have more than addresses', () => {
    const header = bytes(`${SIGNATURE}\x21\x11\x00\x10${at}\x04\x00\x01x`);
    expect(decodeProxyHeader(header)).toMatchObject({
      length: header.length,
      addresses: { source: { address: '192.0.2.1', port: 1 } },
    });
  });

  it.each([
    ['another version', `\x11\x11\x00\x0c${at}`],
    ['another command', `\x22\x11\x00\x0c${at}`],
    ['another family', `\x21\x41\x00\x0c${at}`],
    ['another transport', `\x21\x13\x00\x0c${at}`],
    ['too short for its addresses', '\x21\x11\x00\x04\xc0\x00\x02\x01'],
    ['too long', '\x21\x11\xff\xff'],
  ])('is malformed: %s', (_, rest) => {
    expect(decodeProxyHeader(bytes(SIGNATURE + rest))).toBe('malformed');
  });
});
