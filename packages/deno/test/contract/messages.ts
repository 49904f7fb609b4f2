import { readFileSync } from 'node:fs';
import net from 'node:net';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Start, Started } from './start.ts';

const HOST = 'Host: a.example\r\n';
const get = (fields: string, target = '/'): string => `GET ${target} HTTP/1.1\r\n${fields}\r\n`;
const post = (fields: string, content: string): string =>
  `POST / HTTP/1.1\r\n${HOST}${fields}\r\n${content}`;
const chunked = (content: string): string => post('Transfer-Encoding: chunked\r\n', content);
const fields = (count: number): string =>
  Array.from({ length: count }, (_, index) => `X-${index}: a\r\n`).join('');

/** Messages that servers read differently, or that RFC 9112 forbids, under the names that the READMEs give them. */
const MESSAGES: Readonly<Record<string, string>> = {
  'Transfer-Encoding and Content-Length': post(
    'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n',
    `0\r\n\r\n${get(HOST, '/smuggled')}`,
  ),
  'two different Content-Lengths': post(
    'Content-Length: 6\r\nContent-Length: 5\r\n',
    `abcdef${get(HOST, '/smuggled')}`,
  ),
  'two equal Content-Lengths': post('Content-Length: 3\r\nContent-Length: 3\r\n', 'abc'),
  '`Content-Length: +3`': post('Content-Length: +3\r\n', 'abc'),
  '`Content-Length : 3`': post('Content-Length : 3\r\n', 'abc'),
  '`Transfer-Encoding: xchunked`': post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
  '`Transfer-Encoding: chunked, identity`': post(
    'Transfer-Encoding: chunked, identity\r\n',
    '0\r\n\r\n',
  ),
  '`Transfer-Encoding: gzip, chunked`': post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'),
  'a chunk size that is no number': chunked('zz\r\nabc\r\n0\r\n\r\n'),
  'a chunk size `0x3`': chunked('0x3\r\nabc\r\n0\r\n\r\n'),
  'a chunk size beyond 64 bits': chunked('10000000000000003\r\nabc\r\n0\r\n\r\n'),
  'a chunk longer than its size': chunked('3\r\nabcd\r\n0\r\n\r\n'),
  'an obsolete line fold': get(`${HOST}X-A: b\r\n c\r\n`),
  'lines that LF alone ends': `GET / HTTP/1.1\nHost: a.example\n\n`,
  'one field that LF alone ends': get(`${HOST}X-A: b\nX-B: c\r\n`),
  'CR within a field': get(`${HOST}X-A: b\rc\r\n`),
  'NUL within a field': get(`${HOST}X-A: b\0c\r\n`),
  'no Host': get('X-A: b\r\n'),
  'two Hosts': get(`${HOST}Host: b.example\r\n`),
  'an empty Host': get('Host:\r\n', '/b.example/'),
  '`Host: a.example/b?`': get('Host: a.example/b?\r\n'),
  '`Host: b@a.example`': get('Host: b@a.example\r\n'),
  'Host and a URL of another': get(HOST, 'http://b.example/'),
  'a URL of another scheme': get(HOST, 'https://a.example/'),
  'a fragment': get(HOST, '/a#b'),
  '`/%2e%2e/a%2Fb\\c?<>`': get(HOST, '/%2e%2e/a%2Fb\\c?<>'),
  'HTTP/2.0 in the request line': `GET / HTTP/2.0\r\n${HOST}\r\n`,
  'the method `get`': `get / HTTP/1.1\r\n${HOST}\r\n`,
  'the method `CONNECT`': `CONNECT b.example:80 HTTP/1.1\r\n${HOST}\r\n`,
  'GET with content': `GET / HTTP/1.1\r\n${HOST}Content-Length: 3\r\n\r\nabc`,
  'a field of 15 kB': get(`${HOST}X-A: ${'a'.repeat(15_000)}\r\n`),
  'a field of 30 kB': get(`${HOST}X-A: ${'a'.repeat(30_000)}\r\n`),
  'a field of 66 kB': get(`${HOST}X-A: ${'a'.repeat(66_000)}\r\n`),
  'a path of 30 kB': get(HOST, `/${'a'.repeat(30_000)}`),
  '99 fields': get(HOST + fields(98)),
  '150 fields': get(HOST + fields(149)),
  '250 fields': get(HOST + fields(249)),
};

/** What a README's table says of them, row by row. */
function tableOf(readme: string): Readonly<Record<string, string>> {
  const [, table = ''] =
    /^\| request with +\| answer +\|\n\|[ |-]+\n((?:\|.*\n)+)/m.exec(
      readFileSync(readme, 'utf8'),
    ) ?? [];
  const rows = table.trim().split('\n');
  return Object.fromEntries(
    rows.map((row) =>
      row
        .split(/(?<!\\)\|/)
        .slice(1, 3)
        .map((cell) => cell.trim()),
    ),
  );
}

/** What the server makes of messages: each as the README's table has it. */
export function describeMessages(start: Start, readme: string): void {
  const table = tableOf(readme);
  let host: Started;

  beforeAll(async () => {
    host = await start('http://127.0.0.1:9');
  });
  afterAll(() => host.stop());

  it('are all in the table', () => {
    expect(Object.keys(table)).toEqual(Object.keys(MESSAGES));
  });

  it.each(Object.entries(table))('%s: %s', async (name, answer) => {
    expect(await outcome(host.port, MESSAGES[name] ?? '')).toBe(answer);
  });
}

/** What comes of a message: the status of the refusal, what the handler was told, or nothing. */
async function outcome(port: number, message: string): Promise<string> {
  const answer = await exchange(port, message);
  const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);
  if (statuses.length === 0) return 'none';
  if (statuses.join() !== '200') return statuses.join();
  const [, content = ''] = answer.split('\r\n\r\n');
  const seen = content.trim().replaceAll(`${port}`, 'PORT');
  return seen.length > 100 ? 'passed on' : `passed on: \`${seen}\``;
}

/** All that the server says until it ends the connection, or to the end of an answer with status 200. */
function exchange(port: number, message: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(message, 'latin1'));
    let answer = '';
    socket.setEncoding('latin1').on('data', (data: string) => {
      answer += data;
      const [head = '', content = ''] = answer.split('\r\n\r\n');
      const [, length] = /^content-length: (\d+)$/im.exec(head) ?? [];
      if (length !== undefined && content.length >= Number(length)) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
