import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { connect, exchange, refusalIn } from '../../test/raw-client/raw-client.ts';
import type { HTTPServer } from './serve-options.ts';
import { serve } from './serve.ts';

const HOST = 'Host: shop.example\r\n';
const get = (fields: string): string => `GET / HTTP/1.1\r\n${HOST}${fields}\r\n`;
const post = (fields: string, content = ''): string =>
  `POST / HTTP/1.1\r\n${HOST}${fields}\r\n${content}`;
const chunked = (content: string): string => post('Transfer-Encoding: chunked\r\n', content);

describe('a server', () => {
  let server: HTTPServer;
  /** Requests whose content came to its end at the handler. */
  let taken: string[] = [];
  beforeAll(async () => {
    const handler = async (request: Request): Promise<Response> => {
      const content = await request.text();
      taken.push(`${request.method} ${request.url} ${content}`.trim());
      return new Response('taken');
    };
    server = await serve(handler, { hostname: '127.0.0.1', headersTimeout: 300, drain: 0 });
  });
  beforeEach(() => {
    taken = [];
  });
  afterAll(() => server.close());

  const invalid = { status: 400, reason: 'InvalidRequest' };
  const invalidHost = { status: 400, reason: 'InvalidHost' };
  const invalidTarget = { status: 400, reason: 'InvalidTarget' };
  const codingNotSupported = { status: 501, reason: 'TransferCodingNotSupported' };
  const methodNotSupported = { status: 501, reason: 'MethodNotSupported' };
  const versionNotSupported = { status: 505, reason: 'HTTPVersionNotSupported' };
  const contentTooLarge = { status: 413, reason: 'ContentTooLarge' };
  const fieldsTooLarge = { status: 431, reason: 'HeaderFieldsTooLarge' };
  const uriTooLong = { status: 414, reason: 'URITooLong' };

  it.each([
    // Framing: RFC 9112 sections 6 and 7.
    [
      'Content-Length before Transfer-Encoding',
      post('Content-Length: 3\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
      invalid,
    ],
    [
      'Transfer-Encoding before Content-Length',
      post('Transfer-Encoding: chunked\r\nContent-Length: 3\r\n', '0\r\n\r\n'),
      invalid,
    ],
    [
      'Content-Length twice, of one value',
      post('Content-Length: 3\r\nContent-Length: 3\r\n', 'abc'),
      invalid,
    ],
    [
      'Content-Length twice, of two values',
      post('Content-Length: 3\r\nContent-Length: 4\r\n', 'abc'),
      invalid,
    ],
    ['a list as Content-Length', post('Content-Length: 3, 3\r\n', 'abc'), invalid],
    ['a signed Content-Length', post('Content-Length: +3\r\n', 'abc'), invalid],
    ['a negative Content-Length', post('Content-Length: -3\r\n', 'abc'), invalid],
    ['a hexadecimal Content-Length', post('Content-Length: 0x3\r\n', 'abc'), invalid],
    ['an empty Content-Length', post('Content-Length:\r\n', 'abc'), invalid],
    ['two numbers as Content-Length', post('Content-Length: 3 4\r\n', 'abc'), invalid],
    [
      'a Content-Length beyond 64 bits',
      post('Content-Length: 99999999999999999999\r\n', 'abc'),
      invalid,
    ],
    [
      'a Content-Length that can not be counted',
      post('Content-Length: 9007199254740993\r\n', 'abc'),
      contentTooLarge,
    ],
    [
      'Transfer-Encoding in HTTP/1.0',
      'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      invalid,
    ],
    ['the transfer coding identity', post('Transfer-Encoding: identity\r\n', 'abc'), invalid],
    [
      'a transfer coding before chunked',
      post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'),
      codingNotSupported,
    ],
    [
      'identity before chunked, in two lines',
      post('Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
      codingNotSupported,
    ],
    [
      'a transfer coding after chunked',
      post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'),
      invalid,
    ],
    ['chunked twice', post('Transfer-Encoding: chunked, chunked\r\n', '0\r\n\r\n'), invalid],
    [
      'chunked in two lines',
      post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
      invalid,
    ],
    [
      'an empty element before chunked',
      post('Transfer-Encoding: ,chunked\r\n', '0\r\n\r\n'),
      invalid,
    ],
    ['a parameter of chunked', post('Transfer-Encoding: chunked;a=b\r\n', '0\r\n\r\n'), invalid],
    ['quotes around chunked', post('Transfer-Encoding: "chunked"\r\n', '0\r\n\r\n'), invalid],
    ['something like chunked', post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'), invalid],
    [
      'a vertical tab before chunked',
      post('Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n'),
      invalid,
    ],
    ['an empty Transfer-Encoding', post('Transfer-Encoding:\r\n', '0\r\n\r\n'), invalid],
    ['a transfer coding on GET', get('Transfer-Encoding: gzip\r\n'), invalid],
    ['a chunk size that is no number', chunked('zz\r\n\r\n'), invalid],
    ['a negative chunk size', chunked('-1\r\n\r\n'), invalid],
    ['a signed chunk size', chunked('+3\r\nabc\r\n0\r\n\r\n'), invalid],
    ['a chunk size with 0x', chunked('0x3\r\nabc\r\n0\r\n\r\n'), invalid],
    ['a chunk size beyond 64 bits', chunked('fffffffffffffffff\r\nabc'), invalid],
    ['no chunk size', chunked('\r\nabc\r\n0\r\n\r\n'), invalid],
    ['a space before the chunk size', chunked(' 3\r\nabc\r\n0\r\n\r\n'), invalid],
    ['a space after the chunk size', chunked('3 \r\nabc\r\n0\r\n\r\n'), invalid],
    ['a bare LF after a chunk size', chunked('3\nabc\r\n0\r\n\r\n'), invalid],
    ['a bare CR after a chunk size', chunked('3\rabc\r\n0\r\n\r\n'), invalid],
    ['a bare LF after a chunk', chunked('3\r\nabc\n0\r\n\r\n'), invalid],
    ['a chunk longer than its size', chunked('3\r\nabcd\r\n0\r\n\r\n'), invalid],
    ['a bare LF in a chunk extension', chunked('3;a\nb\r\nabc\r\n0\r\n\r\n'), invalid],
    ['a bare CR in a chunk extension', chunked('3;a\rb\r\nabc\r\n0\r\n\r\n'), invalid],
    [
      'chunk extensions of 17 KiB',
      chunked(`3;a=${'x'.repeat(17 * 1024)}\r\nabc\r\n0\r\n\r\n`),
      contentTooLarge,
    ],
    ['a bare LF at the end of the trailers', chunked('0\r\n\n'), invalid],
    ['Content-Length as a trailer', chunked('0\r\nContent-Length: 4\r\n\r\n'), invalid],
    ['Transfer-Encoding as a trailer', chunked('0\r\nTransfer-Encoding: chunked\r\n\r\n'), invalid],
    ['a folded trailer', chunked('0\r\nX: a\r\n b\r\n\r\n'), invalid],
    // Field lines: RFC 9112 section 5.
    ['a folded line', get('X: a\r\n b\r\n'), invalid],
    ['a line folded by a tab', get('X: a\r\n\tb\r\n'), invalid],
    ['a folded line of an empty value', get('X:\r\n b\r\n'), invalid],
    ['a folded line first', `GET / HTTP/1.1\r\n X: a\r\n${HOST}\r\n`, invalid],
    ['folded chunked', post('Transfer-Encoding:\r\n chunked\r\n', '0\r\n\r\n'), invalid],
    ['a bare LF after the request line', `GET / HTTP/1.1\n${HOST}\r\n`, invalid],
    ['a bare LF after a field', 'GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n', invalid],
    ['a bare LF at the end of the header section', 'GET / HTTP/1.1\r\nHost: a\r\n\n', invalid],
    ['bare LFs all over', 'GET / HTTP/1.1\nHost: a\n\n', invalid],
    ['a bare CR between fields', 'GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n', invalid],
    ['a bare CR in a value', get('X: a\rb\r\n'), invalid],
    ['a space before the colon', get('X : a\r\n'), invalid],
    [
      'a tab before the colon of Transfer-Encoding',
      post('Transfer-Encoding\t: chunked\r\n', '0\r\n\r\n'),
      invalid,
    ],
    ['a NUL in a value', get('X: a\0b\r\n'), invalid],
    ['a control character in a value', get('X: a\x01b\r\n'), invalid],
    ['a form feed in a value', get('X: a\x0cb\r\n'), invalid],
    ['DEL in a value', get('X: a\x7fb\r\n'), invalid],
    ['a NUL in a name', get('X\0: a\r\n'), invalid],
    ['a name that is none', get('X(: a\r\n'), invalid],
    ['a name beyond ASCII', get('X\xe9: a\r\n'), invalid],
    ['an empty name', get(': a\r\n'), invalid],
    ['a line without a colon', get('X\r\n'), invalid],
    // Request lines: RFC 9112 section 3.
    ['a space before the method', ` ${get('')}`, invalid],
    ['a tab after the method', `GET\t/ HTTP/1.1\r\n${HOST}\r\n`, invalid],
    ['a space after the version', `GET / HTTP/1.1 \r\n${HOST}\r\n`, invalid],
    ['a space in the target', `GET /a b HTTP/1.1\r\n${HOST}\r\n`, invalid],
    ['a control character in the target', `GET /\x01 HTTP/1.1\r\n${HOST}\r\n`, invalid],
    ['a target beyond ASCII', `GET /\xc3\xa9 HTTP/1.1\r\n${HOST}\r\n`, invalid],
    ['a method in lower case', `get / HTTP/1.1\r\n${HOST}\r\n`, invalid],
    ['an unknown method', `FOO / HTTP/1.1\r\n${HOST}\r\n`, invalid],
    ['TLS', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', invalid],
    ['a fragment in the target', `GET /a#b HTTP/1.1\r\n${HOST}\r\n`, invalidTarget],
    ['a backslash in the path', `GET /a\\b HTTP/1.1\r\n${HOST}\r\n`, invalidTarget],
    ['a quote in the query', `GET /?"a" HTTP/1.1\r\n${HOST}\r\n`, invalidTarget],
    ['* for GET', `GET * HTTP/1.1\r\n${HOST}\r\n`, invalidTarget],
    ['a scheme of its own', `GET ftp://shop.example/ HTTP/1.1\r\n${HOST}\r\n`, invalidTarget],
    ['userinfo', `GET http://a:b@shop.example/ HTTP/1.1\r\n${HOST}\r\n`, invalidTarget],
    ['no authority', `GET http:///a HTTP/1.1\r\n${HOST}\r\n`, invalidTarget],
    [
      'https on a connection without TLS',
      `GET https://shop.example/ HTTP/1.1\r\n${HOST}\r\n`,
      { status: 421, reason: 'MisdirectedRequest' },
    ],
    ['the authority form for GET', `GET shop.example:80 HTTP/1.1\r\n${HOST}\r\n`, invalid],
    [
      'CONNECT',
      'CONNECT shop.example:80 HTTP/1.1\r\nHost: shop.example:80\r\n\r\n',
      methodNotSupported,
    ],
    ['TRACE', `TRACE / HTTP/1.1\r\n${HOST}\r\n`, methodNotSupported],
    ['RTSP', `DESCRIBE / RTSP/1.0\r\n${HOST}\r\n`, methodNotSupported],
    ['Icecast', `SOURCE / ICE/1.0\r\n${HOST}\r\n`, methodNotSupported],
    // Host: RFC 9112 section 3.2.
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', invalidHost],
    ['two Hosts', get('Host: evil.example\r\n'), invalidHost],
    ['the same Host twice', get(HOST), invalidHost],
    ['an empty Host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', invalidHost],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n', invalidHost],
    ['a Host with userinfo', 'GET / HTTP/1.1\r\nHost: a@b\r\n\r\n', invalidHost],
    ['a list as Host', 'GET / HTTP/1.1\r\nHost: a, b\r\n\r\n', invalidHost],
    ['a Host that hides an address', 'GET / HTTP/1.1\r\nHost: 0x7f.1\r\n\r\n', invalidHost],
    [
      'a bad Host beside an absolute target',
      'GET http://a/ HTTP/1.1\r\nHost: a b\r\n\r\n',
      invalidHost,
    ],
    ['a bad Host in HTTP/1.0', 'GET / HTTP/1.0\r\nHost: a b\r\n\r\n', invalidHost],
    // Versions: RFC 9110 section 2.5.
    ['HTTP/0.9', 'GET /\r\n\r\n', versionNotSupported],
    ['HTTP/0.9 by name', `GET / HTTP/0.9\r\n${HOST}\r\n`, versionNotSupported],
    ['HTTP/1.2', `GET / HTTP/1.2\r\n${HOST}\r\n`, versionNotSupported],
    ['HTTP/2.0', `GET / HTTP/2.0\r\n${HOST}\r\n`, versionNotSupported],
    ['HTTP/9.9', `GET / HTTP/9.9\r\n${HOST}\r\n`, versionNotSupported],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', versionNotSupported],
    ['HTTP/1.11', `GET / HTTP/1.11\r\n${HOST}\r\n`, invalid],
    ['http/1.1', `GET / http/1.1\r\n${HOST}\r\n`, invalid],
    // Sizes.
    ['a field of 17 KiB', get(`X: ${'a'.repeat(17 * 1024)}\r\n`), fieldsTooLarge],
    ['fields of 40 KiB', get(`X: ${'a'.repeat(400)}\r\n`.repeat(100)), fieldsTooLarge],
    ['101 fields', get('X: a\r\n'.repeat(100)), fieldsTooLarge],
    ['3000 fields', get('a:\r\n'.repeat(3000)), fieldsTooLarge],
    ['a target of 9 KiB', `GET /${'a'.repeat(9 * 1024)} HTTP/1.1\r\n${HOST}\r\n`, uriTooLong],
    ['a target of 40 KiB', `GET /${'a'.repeat(40 * 1024)} HTTP/1.1\r\n${HOST}\r\n`, uriTooLong],
    // Expectations: RFC 9110 section 10.1.1.
    [
      'an unknown expectation',
      post('Expect: wonders\r\nContent-Length: 0\r\n'),
      { status: 417, reason: 'ExpectationFailed' },
    ],
  ])('refuses %s', async (_, text, expected) => {
    const heard = await exchange(server.port, text);
    expect(refusalIn(heard)).toEqual(expected);
    expect(heard.toLowerCase()).toContain('\r\nconnection: close\r\n');
    expect(taken).toEqual([]);
  });

  const close = 'Connection: close\r\n';
  it.each([
    ['chunks', chunked('3\r\nabc\r\n0\r\n\r\n'), 'POST http://shop.example/ abc'],
    [
      'chunked in other letters',
      post('Transfer-Encoding: Chunked\r\n', '0\r\n\r\n'),
      'POST http://shop.example/',
    ],
    [
      'chunk extensions',
      chunked('3;a=b;c="d"\r\nabc\r\n0\r\n\r\n'),
      'POST http://shop.example/ abc',
    ],
    [
      'leading zeros of a chunk size',
      chunked('0003\r\nabc\r\n0\r\n\r\n'),
      'POST http://shop.example/ abc',
    ],
    ['trailers', chunked('3\r\nabc\r\n0\r\nX: a\r\n\r\n'), 'POST http://shop.example/ abc'],
    [
      'space around a value',
      post('Content-Length:  3 \r\n', 'abc'),
      'POST http://shop.example/ abc',
    ],
    ['empty lines before a request', `\r\n\r\n${get('')}`, 'GET http://shop.example/'],
    ['POST without content', post(''), 'POST http://shop.example/'],
    [
      'an absolute target, which counts before Host',
      `GET http://other.example/a?b HTTP/1.1\r\n${HOST}\r\n`,
      'GET http://other.example/a?b',
    ],
    [
      'an absolute target without a path',
      `GET HTTP://shop.example:80?b HTTP/1.1\r\n${HOST}\r\n`,
      'GET http://shop.example/?b',
    ],
    ['an empty query', `GET /a? HTTP/1.1\r\n${HOST}\r\n`, 'GET http://shop.example/a?'],
    ['100 fields', get(`X: a\r\n`.repeat(98)), 'GET http://shop.example/'],
    [
      'a target of 8 KiB',
      `GET /${'a'.repeat(8191)} HTTP/1.1\r\n${HOST}\r\n`,
      `GET http://shop.example/${'a'.repeat(8191)}`,
    ],
    [
      'an upgrade that it does not know, and ignores it',
      get('Connection: Upgrade\r\nUpgrade: h2c\r\n'),
      'GET http://shop.example/',
    ],
    [
      'content with an upgrade that it ignores',
      post('Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n', 'abc'),
      'POST http://shop.example/ abc',
    ],
  ])('takes %s', async (_, text, expected) => {
    const client = await connect(server.port);
    client.send(text);
    await client.until('taken');
    client.send(`GET /second HTTP/1.1\r\n${HOST}${close}\r\n`);
    const { heard } = await client.closed;
    expect(heard.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
    expect(taken).toEqual([expected, 'GET http://shop.example/second']);
  });

  it('knows the host of HTTP/1.0 without Host by the address that was connected to', async () => {
    await exchange(server.port, 'GET /a HTTP/1.0\r\n\r\n');
    expect(taken).toEqual([`GET http://127.0.0.1:${server.port}/a`]);
  });

  it('answers OPTIONS * by itself', async () => {
    const heard = await exchange(server.port, `OPTIONS * HTTP/1.1\r\n${HOST}${close}\r\n`);
    expect(heard).toMatch(/^HTTP\/1\.1 204 No Content\r\n/);
    expect(taken).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['half a request line', 'GET /'],
    ['a request line as of HTTP/0.9', 'GET /\r\n'],
    ['half a header section', `GET / HTTP/1.1\r\n${HOST}`],
  ])('does not wait for ever after %s', async (_, text) => {
    const heard = await exchange(server.port, text);
    expect(refusalIn(heard)).toEqual({ status: 408, reason: 'RequestTimeout' });
  });

  it('does not take content that came with GET for the next request', async () => {
    const smuggled = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`;
    const client = await connect(server.port);
    client.send(get(`Content-Length: ${smuggled.length}\r\n`) + smuggled);
    client.send(`GET /second HTTP/1.1\r\n${HOST}${close}\r\n`);
    await client.closed;
    expect(taken).toEqual(['GET http://shop.example/', 'GET http://shop.example/second']);
  });

  it('takes no request after one that said Connection: close', async () => {
    const heard = await exchange(server.port, get(close) + get(''));
    expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(taken).toHaveLength(1);
  });
});
