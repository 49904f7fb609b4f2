import { once } from 'node:events';
import http2, { constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';

import type { Handler } from '@portolan/proxy';
import { afterEach, describe, expect, it } from 'vitest';

import { certificate } from '../../test/certificate/certificate.ts';
import { FRAME, frame, literal, PREFACE } from '../../test/frames/frames.ts';
import type { HTTPServer, ServeOptions } from '../serve/serve-options.ts';
import { serve } from '../serve/serve.ts';

const { cert, key } = certificate();
const KiB = 1024;
const PATIENCE = { timeout: 10_000 };

let server: HTTPServer | undefined;
let session: ClientHttp2Session | undefined;
afterEach(async () => {
  session?.destroy();
  await server?.close();
});

const start = async (handler: Handler, options: ServeOptions = {}): Promise<HTTPServer> => {
  const certificates = [{ serverNames: ['localhost'], cert, key }];
  server = await serve(handler, {
    hostname: '127.0.0.1',
    drain: 0,
    certificates: () => certificates,
    ...options,
  });
  return server;
};
const connect = async (handler: Handler, options?: ServeOptions): Promise<ClientHttp2Session> => {
  const { port } = await start(handler, options);
  session = http2.connect(`https://localhost:${port}`, {
    ca: cert,
    lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  session.on('error', () => undefined);
  return session;
};

interface Answer {
  readonly headers: http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader;
  readonly body: string;
}
const answerOf = async (stream: ClientHttp2Stream): Promise<Answer> => {
  const [headers] = await once(stream, 'response');
  return { headers, body: await text(stream) };
};
const refusalOf = async (stream: ClientHttp2Stream): Promise<unknown> => {
  const { headers, body } = await answerOf(stream);
  const { reason } = JSON.parse(body);
  expect(headers['content-type']).toBe('application/problem+json');
  return `${headers[':status']} ${reason}`;
};
const never = (): Promise<Response> => new Promise(() => undefined);

describe('a request over HTTP/2', () => {
  it('is told of with its version, URL, fields and client', async () => {
    let seen: unknown;
    const client = await connect(async ({ method, url, headers }, host) => {
      seen = [method, url, Object.fromEntries(headers), host.httpVersion, host.remoteAddress];
      expect(host.upgrade).toBeUndefined();
      return new Response(null, { status: 204 });
    });
    const fields = { ':authority': 'shop.example', 'x-a': ['1', '2'], cookie: ['a=b', 'c=d'] };
    const { headers } = await answerOf(client.request({ ':path': '/a?b', ...fields }));
    expect(headers[':status']).toBe(204);
    expect(seen).toEqual([
      'GET',
      'https://shop.example/a?b',
      // Crumbs are put together again: RFC 9113 section 8.2.3.
      { host: 'shop.example', 'x-a': '1, 2', cookie: 'a=b; c=d' },
      '2',
      '127.0.0.1',
    ]);
  });

  it('and its answer stream at the same time', async () => {
    const client = await connect(async ({ body }) => new Response(body));
    const stream = client.request({ ':method': 'POST' });
    stream.write('there');
    await once(stream, 'response');
    expect(String((await once(stream, 'data'))[0])).toBe('there');
    stream.end(' and back');
    expect(await text(stream)).toBe(' and back');
  });

  it('is answered beside a hundred others', async () => {
    let waiting = 0;
    let release: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    const client = await connect(async ({ url }) => {
      waiting += 1;
      if (waiting === 100) release();
      await all;
      return new Response(new URL(url).pathname);
    });
    const paths = Array.from({ length: 100 }, (_, index) => `/${index}`);
    const answers = paths.map((path) => answerOf(client.request({ ':path': path })));
    expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(paths);
  });

  it('has its content no faster than it is read, without holding up others', async () => {
    let sent = 0;
    let take: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => (take = resolve));
    const client = await connect(async (request) => {
      if (request.method === 'GET') return new Response('quick');
      await taken;
      return new Response(String((await request.arrayBuffer()).byteLength));
    });
    const stream = client.request({ ':method': 'POST' });
    const chunk = Buffer.alloc(64 * KiB);
    const slow = answerOf(stream);
    for (let index = 0; index < 64; index++) stream.write(chunk, () => (sent += 1));
    stream.end();
    for (let turn = 0; turn < 5; turn++) {
      expect((await answerOf(client.request())).body).toBe('quick');
    }
    expect(sent).toBeLessThan(32);
    take();
    expect((await slow).body).toBe(String(64 * 64 * KiB));
  });

  it('that has trailers arrives without them', async () => {
    const client = await connect(async (request) => new Response(await request.text()));
    const stream = client.request({ ':method': 'POST' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-checksum': '1' }));
    stream.end('content');
    expect((await answerOf(stream)).body).toBe('content');
  });

  it('gets a 100 (Continue) when somebody wants its content', async () => {
    const client = await connect(async (request) => new Response(await request.text()));
    const stream = client.request({ ':method': 'POST', expect: '100-continue' });
    await once(stream, 'continue');
    stream.end('content');
    expect((await answerOf(stream)).body).toBe('content');
  });

  it('gets none where nobody does', async () => {
    const client = await connect(async () => new Response('no', { status: 403 }));
    const stream = client.request({ ':method': 'POST', expect: '100-continue' });
    let isContinued = false;
    stream.on('continue', () => (isContinued = true));
    expect((await answerOf(stream)).headers[':status']).toBe(403);
    expect(isContinued).toBe(false);
  });

  it.each([
    ['NO_ERROR', constants.NGHTTP2_NO_ERROR],
    ['CANCEL', constants.NGHTTP2_CANCEL],
  ])('that is reset by %s aborts, and its content breaks off', async (_, code) => {
    const seen: string[] = [];
    const { port } = await start(async (request) => {
      request.signal.addEventListener('abort', () => seen.push('aborted'));
      await request.text().then(
        () => seen.push('whole'),
        () => seen.push('broken'),
      );
      return never();
    });
    const head = (method: string, path: string): Buffer =>
      literal([':method', method, ':scheme', 'https', ':path', path, ':authority', 'localhost']);
    const frames = [
      frame(FRAME.SETTINGS, 0, 0),
      frame(FRAME.HEADERS, 0x4, 1, head('POST', '/')),
      frame(FRAME.DATA, 0, 1, Buffer.from('half')),
      frame(FRAME.RST_STREAM, 0, 1, Buffer.of(0, 0, 0, code)),
      frame(FRAME.HEADERS, 0x5, 3, head('OPTIONS', '*')),
    ];
    await exchange(port, frames, ({ type, stream }) => type === FRAME.HEADERS && stream === 3);
    await expect.poll(() => new Set(seen), PATIENCE).toEqual(new Set(['aborted', 'broken']));
  });

  it('aborts when the client closes the connection', async () => {
    let isGone = false;
    const client = await connect(async ({ signal }) => {
      signal.addEventListener('abort', () => (isGone = true));
      client.destroy();
      return never();
    });
    client.request().on('error', () => undefined);
    await expect.poll(() => isGone, PATIENCE).toBe(true);
  });
});

describe('an answer over HTTP/2', () => {
  it('has its fields, each cookie apart, and none that speaks of a connection', async () => {
    const client = await connect(async () => {
      const headers = new Headers({ 'x-a': 'b', connection: 'x-a', 'keep-alive': 'timeout=5' });
      headers.set('transfer-encoding', 'chunked');
      headers.append('set-cookie', 'a=b');
      headers.append('set-cookie', 'c=d');
      return new Response('body', { headers });
    });
    const { headers, body } = await answerOf(client.request());
    expect(body).toBe('body');
    expect(headers).toMatchObject({ 'x-a': 'b', 'set-cookie': ['a=b', 'c=d'] });
    expect(headers).not.toHaveProperty('connection');
    expect(headers).not.toHaveProperty('keep-alive');
    expect(headers).not.toHaveProperty('transfer-encoding');
  });

  it.each([
    ['HEAD', 200, { 'content-length': '4' }],
    ['GET', 204, { 'x-a': 'b' }],
    ['GET', 304, { 'content-length': '4' }],
  ])('to %s with %i has no content', async (method, status, fields: Record<string, string>) => {
    let isCancelled = false;
    const client = await connect(async () => {
      const cancel = (): void => {
        isCancelled = true;
      };
      const body = method === 'HEAD' ? new ReadableStream({ cancel }) : null;
      return new Response(body, { status, headers: fields });
    });
    const { headers, body } = await answerOf(client.request({ ':method': method }));
    expect(headers[':status']).toBe(status);
    expect(headers).toMatchObject(fields);
    expect(body).toBe('');
    expect(isCancelled).toBe(method === 'HEAD');
  });

  it('comes after early hints', async () => {
    const client = await connect(async (_, { earlyHints }) => {
      earlyHints?.(new Headers({ link: '</style.css>; rel=preload' }));
      return new Response('page');
    });
    const stream = client.request();
    const hinted = once(stream, 'headers');
    expect((await answerOf(stream)).body).toBe('page');
    expect((await hinted)[0]).toMatchObject({ ':status': 103, link: '</style.css>; rel=preload' });
  });

  it.each([
    ['breaks', (open: ReadableStreamDefaultController) => open.error(new Error('broke')), {}],
    [
      'is too short',
      (open: ReadableStreamDefaultController) => open.close(),
      { 'content-length': '9' },
    ],
  ])('resets its stream where its body %s', async (_, end, headers) => {
    const client = await connect(async () => {
      const body = new ReadableStream({
        start: (open) => open.enqueue(new TextEncoder().encode('half')),
        pull: end,
      });
      return new Response(body, { headers });
    });
    const stream = client.request();
    await expect(text(stream)).rejects.toThrow('NGHTTP2_INTERNAL_ERROR');
    expect(stream.rstCode).toBe(constants.NGHTTP2_INTERNAL_ERROR);
    expect((await answerOf(client.request({ ':method': 'OPTIONS', ':path': '*' }))).body).toBe('');
  });

  it('is cancelled when the client resets its stream', async () => {
    let isCancelled = false;
    const client = await connect(async () => {
      const body = new ReadableStream({
        start: (open) => open.enqueue(new Uint8Array(1)),
        cancel: () => {
          isCancelled = true;
        },
      });
      return new Response(body);
    });
    const stream = client.request();
    stream.on('error', () => undefined);
    await once(stream, 'data');
    stream.close(constants.NGHTTP2_CANCEL);
    await expect.poll(() => isCancelled, PATIENCE).toBe(true);
  });

  it('is made no faster than the client takes it', async () => {
    let made = 0;
    const client = await connect(async ({ url }) => {
      if (url.endsWith('/other')) return new Response('other');
      const body = new ReadableStream({
        pull: (open) => {
          made += 1;
          if (made > 200) open.close();
          else open.enqueue(new Uint8Array(64 * KiB));
        },
      });
      return new Response(body);
    });
    const stream = client.request();
    await once(stream, 'response');
    for (let turn = 0; turn < 5; turn++) await answerOf(client.request({ ':path': '/other' }));
    expect(made).toBeLessThan(50);
    let length = 0;
    for await (const chunk of stream) length += chunk.length;
    expect(length).toBe(200 * 64 * KiB);
  });

  it('that comes before all the content has ends the stream without an error', async () => {
    const client = await connect(async () => new Response('enough'));
    const stream = client.request({ ':method': 'POST' });
    stream.write('some');
    expect((await answerOf(stream)).body).toBe('enough');
    await expect.poll(() => stream.closed, PATIENCE).toBe(true);
    expect(stream.rstCode).toBe(constants.NGHTTP2_NO_ERROR);
  });

  it('is a 500 that tells nothing where the handler fails, and `onError` is told', async () => {
    const errors: unknown[] = [];
    const client = await connect(() => Promise.reject(new Error('secret')), {
      onError: (error) => errors.push(error),
    });
    const { headers, body } = await answerOf(client.request());
    expect(headers[':status']).toBe(500);
    expect(body).not.toContain('secret');
    expect(errors).toEqual([new Error('secret')]);
  });
});

describe('refused over HTTP/2', () => {
  const unreachable: Handler = () => Promise.reject(new Error('it has reached the handler'));
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`x-${at}`, 'a']));

  it.each([
    ['an authority that a URL reads as another', { ':authority': '0x7f.1' }, '400 InvalidHost'],
    [
      'a Host that is not the authority',
      { ':authority': 'shop.example', host: 'other.example' },
      '400 InvalidHost',
    ],
    ['a fragment', { ':path': '/a#b' }, '400 InvalidTarget'],
    ['a backslash', { ':path': '/a\\b' }, '400 InvalidTarget'],
    ['another scheme', { ':scheme': 'http' }, '421 MisdirectedRequest'],
    ['a target beyond 8 KiB', { ':path': `/${'a'.repeat(8 * KiB)}` }, '414 URITooLong'],
    ['more than 100 fields', many, '431 HeaderFieldsTooLarge'],
    ['fields beyond 16 KiB', { 'x-a': 'a'.repeat(17 * KiB) }, '431 HeaderFieldsTooLarge'],
    ['TRACE', { ':method': 'TRACE' }, '501 MethodNotSupported'],
    ['another expectation', { expect: 'wonders' }, '417 ExpectationFailed'],
  ])('is %s', async (_, fields, refusal) => {
    const client = await connect(unreachable);
    expect(await refusalOf(client.request(fields))).toBe(refusal);
    const other = client.request({ ':method': 'OPTIONS', ':path': '*' });
    expect((await answerOf(other)).headers[':status']).toBe(204);
  });

  it('is CONNECT', async () => {
    const client = await connect(unreachable);
    const stream = client.request({ ':method': 'CONNECT', ':authority': 'shop.example:80' });
    expect(await refusalOf(stream)).toBe('501 MethodNotSupported');
  });

  it('is a WebSocket, which is not offered', async () => {
    const client = await connect(unreachable);
    const [settings] = await once(client, 'remoteSettings');
    expect(settings.enableConnectProtocol).toBe(false);
  });

  it.each([
    ['Connection', ['connection', 'close']],
    ['Transfer-Encoding', ['transfer-encoding', 'chunked']],
    ['Upgrade', ['upgrade', 'websocket']],
    ['TE besides trailers', ['te', 'gzip']],
    ['a field in upper case', ['X-A', 'b']],
    ['a second path', [':path', '/other']],
    ['a pseudo-header field that there is not', [':colour', 'red']],
    ['Content-Length that is none', ['content-length', 'many']],
  ])('is %s, by a reset', async (_, field) => {
    const { port } = await start(async (request) => {
      await request.text();
      throw new Error('it has reached the handler');
    });
    const head = [
      ':method',
      'POST',
      ':scheme',
      'https',
      ':path',
      '/',
      ':authority',
      'localhost',
      ...field,
    ];
    const frames = await exchange(port, [
      frame(FRAME.SETTINGS, 0, 0),
      frame(FRAME.HEADERS, 0x4, 1, literal(head)),
      frame(FRAME.DATA, 0x1, 1, Buffer.from('content')),
    ]);
    expect(frames).toContainEqual({ type: FRAME.RST_STREAM, stream: 1, code: 1 });
    expect(frames.filter(({ type }) => type === FRAME.HEADERS)).toEqual([]);
  });

  it.each([
    ['without a path', [':method', 'GET', ':scheme', 'https', ':authority', 'localhost']],
    ['without a method', [':path', '/', ':scheme', 'https', ':authority', 'localhost']],
    ['without a host', [':method', 'GET', ':path', '/', ':scheme', 'https']],
    ['for no host', [':method', 'GET', ':path', '/', ':scheme', 'https', ':authority', 'a b']],
    ['with userinfo', [':method', 'GET', ':path', '/', ':scheme', 'https', ':authority', 'u@a']],
    ['for `*` with GET', [':method', 'GET', ':path', '*', ':scheme', 'https', ':authority', 'a']],
  ])('is a request %s, by a reset', async (_, head) => {
    const { port } = await start(unreachable);
    const frames = await exchange(port, [
      frame(FRAME.SETTINGS, 0, 0),
      frame(FRAME.HEADERS, 0x5, 1, literal(head)),
    ]);
    expect(frames).toContainEqual({ type: FRAME.RST_STREAM, stream: 1, code: 1 });
  });
});

it('breaks content off that is longer over HTTP/2 than Content-Length says', async () => {
  let isBroken = false;
  const { port } = await start(async (request) => {
    await request.text().catch(() => (isBroken = true));
    return never();
  });
  const head = [':method', 'POST', ':scheme', 'https', ':path', '/', ':authority', 'localhost'];
  await exchange(port, [
    frame(FRAME.SETTINGS, 0, 0),
    frame(FRAME.HEADERS, 0x4, 1, literal([...head, 'content-length', '1'])),
    frame(FRAME.DATA, 0x1, 1, Buffer.from('content')),
  ]);
  await expect.poll(() => isBroken, PATIENCE).toBe(true);
});

it('drops a field over HTTP/2 whose value is none', async () => {
  let seen: unknown;
  const { port } = await start(async ({ headers }) => {
    seen = Object.fromEntries(headers);
    return new Response();
  });
  const head = [':method', 'GET', ':scheme', 'https', ':path', '/', ':authority', 'localhost'];
  const fields = literal([...head, 'x-a', 'b\r\nc: d', 'x-b', 'e']);
  const settings = frame(FRAME.SETTINGS, 0, 0);
  await exchange(
    port,
    [settings, frame(FRAME.HEADERS, 0x5, 1, fields)],
    ({ type }) => type === FRAME.HEADERS,
  );
  expect(seen).toEqual({ host: 'localhost', 'x-b': 'e' });
});

describe('a flood over HTTP/2', () => {
  const HEAD = [':method', 'GET', ':scheme', 'https', ':path', '/', ':authority', 'localhost'];
  const times = (count: number, make: (at: number) => Buffer): Buffer[] =>
    Array.from({ length: count }, (_, at) => make(at));

  it.each([
    [
      'of streams that are reset at once (CVE-2023-44487)',
      times(3000, (at) =>
        Buffer.concat([
          frame(FRAME.HEADERS, 0x5, 2 * at + 1, literal(HEAD)),
          frame(FRAME.RST_STREAM, 0, 2 * at + 1, Buffer.of(0, 0, 0, 8)),
        ]),
      ),
    ],
    [
      'of CONTINUATION (VU#421644)',
      [
        frame(FRAME.HEADERS, 0x1, 1, literal(HEAD)),
        ...times(5000, () => frame(FRAME.CONTINUATION, 0, 1, literal(['x-a', 'a'.repeat(100)]))),
      ],
    ],
    [
      'of frames that are none',
      times(5000, () => frame(FRAME.WINDOW_UPDATE, 0, 0, Buffer.alloc(4))),
    ],
  ])('%s ends the connection, and others are served', async (_, frames) => {
    const { port } = await start(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return new Response();
    });
    const heard = await exchange(port, [frame(FRAME.SETTINGS, 0, 0), ...frames]);
    expect(heard.map(({ type }) => type)).toContain(FRAME.GOAWAY);
    const other = http2.connect(`https://127.0.0.1:${port}`, {
      ca: cert,
      servername: 'localhost',
    });
    const { headers } = await answerOf(other.request({ ':method': 'OPTIONS', ':path': '*' }));
    expect(headers[':status']).toBe(204);
    other.destroy();
  });

  it('of streams is refused beyond 100 at once', async () => {
    let most = 0;
    const { port } = await start(() => {
      most += 1;
      return never();
    });
    const heard = await exchange(
      port,
      [
        frame(FRAME.SETTINGS, 0, 0),
        // As if it had not heard of the limit yet.
        ...times(150, (at) => frame(FRAME.HEADERS, 0x5, 2 * at + 1, literal(HEAD))),
      ],
      ({ type }) => type === FRAME.RST_STREAM || type === FRAME.GOAWAY,
    );
    expect(heard.map(({ type }) => type)).toContain(FRAME.RST_STREAM);
    expect(most).toBeLessThanOrEqual(100);
  });
});

describe('a connection of HTTP/2', () => {
  it('without a request is ended after a while', async () => {
    const client = await connect(async () => new Response('ok'), { keepAliveTimeout: 100 });
    const goaway = once(client, 'goaway');
    expect((await answerOf(client.request())).body).toBe('ok');
    expect((await goaway)[0]).toBe(constants.NGHTTP2_NO_ERROR);
    if (!client.closed) await once(client, 'close');
  });

  it('with one is not', async () => {
    let answer: (response: Response) => void = () => undefined;
    const client = await connect(() => new Promise((resolve) => (answer = resolve)), {
      keepAliveTimeout: 50,
    });
    const other = answerOf(client.request());
    await new Promise((resolve) => setTimeout(resolve, 300));
    answer(new Response('late'));
    expect((await other).body).toBe('late');
  });

  it('is told to go away when the server closes, and finishes what is under way', async () => {
    let answer: (response: Response) => void = () => undefined;
    const client = await connect(() => new Promise((resolve) => (answer = resolve)), {
      drain: 10_000,
    });
    const under = answerOf(client.request());
    await answerOf(client.request({ ':method': 'OPTIONS', ':path': '*' }));
    const goaway = once(client, 'goaway');
    const closed = server?.close();
    expect((await goaway)[0]).toBe(constants.NGHTTP2_NO_ERROR);
    answer(new Response('the last'));
    expect((await under).body).toBe('the last');
    await closed;
  });

  it('is cut off when `drain` is over', async () => {
    const client = await connect(never, { drain: 50 });
    const stream = client.request();
    const broken = new Promise((resolve) => stream.once('close', resolve));
    stream.on('error', () => undefined);
    await answerOf(client.request({ ':method': 'OPTIONS', ':path': '*' }));
    await server?.close();
    await broken;
    expect(client.closed).toBe(true);
  });
});

interface Heard {
  readonly type: number;
  readonly stream: number;
  /** The error code of RST_STREAM. */
  readonly code: number | undefined;
}

/** Sends frames; resolves with those that came back when the server has ended a stream or the connection. */
async function exchange(
  port: number,
  frames: readonly Buffer[],
  isLast: (heard: Heard) => boolean = ({ type, stream }) =>
    type === FRAME.GOAWAY || (type === FRAME.RST_STREAM && stream === 1),
): Promise<readonly Heard[]> {
  const socket = tls.connect({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    ca: cert,
    ALPNProtocols: ['h2'],
  });
  const heard: Heard[] = [];
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  await new Promise<void>((resolve) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', (data: Buffer) => {
      bytes = Buffer.concat([bytes, data]);
      while (bytes.length >= 9 && bytes.length >= 9 + bytes.readUIntBE(0, 3)) {
        const end = 9 + bytes.readUIntBE(0, 3);
        const type = bytes[3] ?? 0;
        const code = type === FRAME.RST_STREAM ? bytes.readUInt32BE(9) : undefined;
        const one = { type, stream: bytes.readUInt32BE(5), code };
        heard.push(one);
        if (isLast(one)) resolve();
        bytes = bytes.subarray(end);
      }
    });
    socket.on('close', () => resolve());
    socket.write(Buffer.concat([PREFACE, ...frames]));
  });
  socket.destroy();
  return heard;
}
