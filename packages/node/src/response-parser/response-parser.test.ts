import { InvalidResponseError } from '@portolan/proxy';
import { describe, expect, it } from 'vitest';

import { ResponseParser } from './response-parser.ts';

interface Read {
  readonly heads: readonly string[];
  readonly content: string;
  /** Whether the connection may be used again; absent where the response is not at its end. */
  readonly isReusable?: boolean;
  readonly error?: unknown;
}

/** What comes of a response whose bytes arrive in those parts. */
function read(parts: readonly string[], method = 'GET', isClosed = false): Read {
  const heads: string[] = [];
  let content = '';
  let isReusable: boolean | undefined;
  const parser = new ResponseParser(method, {
    onInterim: ({ status }) => heads.push(`interim ${status}`),
    onSwitch: ({ status }, rest) => heads.push(`switch ${status} ${rest.toString('latin1')}`),
    onHead: ({ status, statusText, fields }) =>
      heads.push([status, statusText, ...fields].join('|')),
    onData: (chunk) => (content += chunk.toString('latin1')),
    onEnd: (found) => (isReusable = found),
  });
  try {
    for (const part of parts) parser.receive(Buffer.from(part, 'latin1'));
    if (isClosed) parser.finish();
  } catch (error) {
    return { heads, content, error };
  }
  return { heads, content, ...(isReusable !== undefined && { isReusable }) };
}

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

const WHOLE: readonly (readonly [name: string, text: string, expected: Read])[] = [
  [
    'with a length',
    `${OK}A: \t b c \t\r\na:\r\nContent-Length: 3\r\n\r\nabc`,
    { heads: ['200|OK|A|b c|a||Content-Length|3'], content: 'abc', isReusable: true },
  ],
  [
    'in chunks, with extensions and trailers',
    `${CHUNKED}3;a="b"\r\nabc\r\n0A\r\n0123456789\r\n000\r\nX-T: 1\r\n\r\n`,
    { heads: ['200|OK|Transfer-Encoding|chunked'], content: 'abc0123456789', isReusable: true },
  ],
  [
    'after interim ones',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 204\r\n\r\n`,
    { heads: ['interim 100', 'interim 103', '204|'], content: '', isReusable: true },
  ],
  [
    'with another after it, which is none of ours',
    `${OK}Content-Length: 1\r\n\r\na${OK}`,
    { heads: ['200|OK|Content-Length|1'], content: 'a', isReusable: false },
  ],
  [
    'in chunks with something after it',
    `${CHUNKED}0\r\n\r\nx`,
    { heads: ['200|OK|Transfer-Encoding|chunked'], content: '', isReusable: false },
  ],
  [
    'that closes the connection',
    `${OK}Connection: x, Close\r\nContent-Length: 0\r\n\r\n`,
    { heads: ['200|OK|Connection|x, Close|Content-Length|0'], content: '', isReusable: false },
  ],
  [
    'in HTTP/1.0',
    'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na',
    { heads: ['200|OK|Content-Length|1'], content: 'a', isReusable: false },
  ],
  [
    'in HTTP/1.0, kept alive',
    'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na',
    { heads: ['200|OK|Connection|keep-alive|Content-Length|1'], content: 'a', isReusable: true },
  ],
];

describe('a response', () => {
  it.each(WHOLE)('%s is read', (_, text, expected) => {
    expect(read([text])).toEqual(expected);
  });

  it.each(WHOLE)('%s is read alike however its bytes arrive', (_, text, expected) => {
    expect(read(text.split('')).content).toBe(expected.content);
    for (let at = 1; at < text.length; at += 1) {
      const { heads, content, error } = read([text.slice(0, at), text.slice(at)]);
      expect({ at, heads, content, error }).toEqual({
        at,
        heads: expected.heads,
        content: expected.content,
        error: undefined,
      });
    }
  });

  it('that ends with the connection is at its end only then', () => {
    expect(read([`${OK}\r\n`, 'ab', 'c'])).toEqual({ heads: ['200|OK'], content: 'abc' });
    expect(read([`${OK}\r\n`, 'abc'], 'GET', true)).toMatchObject({
      content: 'abc',
      isReusable: false,
    });
  });

  it.each([
    ['a length', `${OK}Content-Length: 3\r\n\r\nab`],
    ['chunks', `${CHUNKED}3\r\nabc\r\n`],
    ['half a head', OK],
  ])('with %s is not at its end because the connection is', (_, text) => {
    expect(read([text], 'GET', true).isReusable).toBeUndefined();
  });

  it('to HEAD has no content, whatever its fields say', () => {
    const { content, isReusable } = read([`${OK}Content-Length: 3\r\n\r\n`], 'HEAD');
    expect({ content, isReusable }).toEqual({ content: '', isReusable: true });
  });

  it('101 hands over what comes after it', () => {
    const text = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nabc';
    expect(read([text]).heads).toEqual(['switch 101 abc']);
  });
});

describe('no response is', () => {
  it.each([
    ['a bare LF, at once', `HTTP/1.1 200 OK\n`],
    ['what begins otherwise, at once', 'SSH'],
    ['a bare CR', `${OK}A: b\rc\r\n\r\n`],
    ['a space before the colon', `${OK}A : b\r\n\r\n`],
    ['a line without colon', `${OK}A\r\n\r\n`],
    ['a folded line', `${OK}A: b\r\n c\r\n\r\n`],
    ['a space in front', ` ${OK}\r\n`],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n'],
    ['a control character', `${OK}A: \u0001\r\n\r\n`],
    ['a signed length', `${OK}Content-Length: +3\r\n\r\nabc`],
    ['a list of lengths', `${OK}Content-Length: 3, 3\r\n\r\nabc`],
    ['the same length twice', `${OK}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`],
    ['chunked twice', `${OK}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`],
    ['a chunk size that is none', `${CHUNKED}0x3\r\nabc\r\n`],
    ['a chunk size with a space', `${CHUNKED}3 \r\nabc\r\n`],
    ['a chunk size beyond all bounds', `${CHUNKED}fffffffffffffffff\r\n`],
    ['an empty chunk size', `${CHUNKED}\r\n`],
    ['a chunk size with a bare LF', `${CHUNKED}3\nabc\r\n`],
    ['a chunk that is longer than it says', `${CHUNKED}3\r\nabcd\r\n`],
    ['a trailer that is no field', `${CHUNKED}0\r\nnone\r\n\r\n`],
    ['chunk extensions without end', `${CHUNKED}3;${'a'.repeat(20_000)}`],
    ['trailers without end', `${CHUNKED}0\r\n${`A: ${'a'.repeat(1000)}\r\n`.repeat(20)}`],
    ['a head without end', `${OK}${`A: ${'a'.repeat(1000)}\r\n`.repeat(20)}`],
  ])('%s', (_, text) => {
    expect(read([text]).error).toBeInstanceOf(InvalidResponseError);
  });
});
