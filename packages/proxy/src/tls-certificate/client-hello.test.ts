import { assert, integer, nat, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readGreeting } from './client-hello.ts';

const number = (value: number, length: number): number[] =>
  Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);
const sized = (length: number, content: readonly number[]): number[] => [
  ...number(content.length, length),
  ...content,
];
const ascii = (text: string): number[] => Array.from(new TextEncoder().encode(text));
const serverName = (name: string): number[] => [
  ...number(0, 2),
  ...sized(2, sized(2, [0, ...sized(2, ascii(name))])),
];
const PADDING = [...number(21, 2), ...sized(2, [0, 0, 0])];

/** A ClientHello: RFC 8446 section 4.1.2. */
function hello(extensions?: readonly number[]): number[] {
  const body = [
    ...number(0x0303, 2),
    ...Array.from({ length: 32 }, () => 7),
    ...sized(1, [1, 2, 3]),
    ...sized(2, number(0x1301, 2)),
    ...sized(1, [0]),
    ...(extensions === undefined ? [] : sized(2, extensions)),
  ];
  return [1, ...sized(3, body)];
}

/** The message in records of so many bytes. */
function records(message: readonly number[], size: number): Uint8Array {
  const starts = Array.from({ length: Math.ceil(message.length / size) }, (_, at) => at * size);
  return Uint8Array.from(
    starts.flatMap((start) => [22, 3, 1, ...sized(2, message.slice(start, start + size))]),
  );
}

describe('the name in a ClientHello', () => {
  it.each([
    ['is found among other extensions', [...PADDING, ...serverName('a.example')], 'a.example'],
    ['is in lower case', serverName('A.Example'), 'a.example'],
    ['is empty where the client asks for none', PADDING, ''],
    ['is empty where there are no extensions', undefined, ''],
  ])('%s', (_, extensions, name) => {
    expect(readGreeting(records(hello(extensions), 1000))).toEqual({ serverName: name });
  });

  it('is found however the message is spread over records, and not before it is there', () => {
    const message = hello([...PADDING, ...serverName('a.example')]);
    assert(
      property(integer({ min: 4, max: message.length }), nat(), (size, cut) => {
        const bytes = records(message, size);
        expect(readGreeting(bytes)).toEqual({ serverName: 'a.example' });
        expect(readGreeting(bytes.subarray(0, cut % bytes.length))).toBe('unfinished');
      }),
    );
  });

  it.each([
    ['HTTP in the clear', ascii('GET / HTTP/1.1\r\n\r\n')],
    ['another message', [22, 3, 1, ...sized(2, [2, ...sized(3, [0])])]],
    ['an alert', [21, 3, 3, 0, 2, 2, 112]],
    ['a message beyond measure', [22, 3, 1, ...sized(2, [1, ...number(1_000_000, 3), 0, 0])]],
    ['lengths that lead beyond the end', [22, 3, 1, ...sized(2, [1, ...sized(3, [3, 3])])]],
  ])('is none in %s', (_, bytes) => {
    expect(readGreeting(Uint8Array.from(bytes))).toBe('invalid');
  });

  it('is read of anything without a fault', () => {
    assert(
      property(uint8Array({ maxLength: 300 }), (noise) => {
        const bytes = Uint8Array.from([22, 3, 1, 0, noise.length + 4, 1, 0, 0, noise.length]);
        for (const heard of [noise, Uint8Array.from([...bytes, ...noise])]) {
          expect(() => readGreeting(heard)).not.toThrow();
        }
      }),
    );
  });
});
