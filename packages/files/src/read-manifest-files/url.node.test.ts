import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';

import { parseManifests } from '@portolan/manifests';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { readManifestFiles, type ReadManifestFilesOptions } from './read-manifest-files.ts';

const SERVICE = 'apiVersion: v1\nkind: Service\n';

let answer: RequestListener;
let asked: (string | undefined)[];
const server = createServer((request, response) => {
  asked.push(request.url);
  answer(request, response);
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = originOf(server);
});
afterAll(() => server.close());
afterEach(() => vi.unstubAllGlobals());

function originOf(listening: Server): string {
  const address = listening.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
}

/** What becomes of `paths`, below the server's origin unless they are whole. */
const read = async (
  to: RequestListener,
  paths: readonly string[],
  options?: ReadManifestFilesOptions,
) => {
  [answer, asked] = [to, []];
  const urls = paths.map((path) => (path.startsWith('/') ? origin + path : path));
  const { sources, diagnostics } = await readManifestFiles(urls, options);
  const short = (text: string): string => text.replace(origin, '');
  return {
    sources: sources.map(({ name, text }) => [short(name), text]),
    faults: diagnostics.map(({ file, message }) => `${short(file)} ${message}`),
  };
};

const respond =
  (body: string | Uint8Array, headers = {}, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

/** Sends each path to the next, up to the one given. */
const redirects =
  (count: number, status = 302): RequestListener =>
  ({ url = '' }, response) => {
    const step = Number(url.slice(1));
    if (step === count) response.end(SERVICE);
    else response.writeHead(status, { location: `./${step + 1}` }).end('elsewhere');
  };

describe('a URL', () => {
  it('is fetched, and its name is the URL, with its query and without its fragment', async () => {
    const result = await read(respond(SERVICE), ['/shop.yaml?ref=main#L3']);
    expect(result).toEqual({ sources: [['/shop.yaml?ref=main', SERVICE]], faults: [] });
    expect(asked).toEqual(['/shop.yaml?ref=main']);
  });

  it('that ends in .json is read as JSON, with and without a query', async () => {
    answer = respond('{"apiVersion": "v1",\t"kind": "Namespace", "metadata": {"name": "shop"}}');
    const { sources } = await readManifestFiles([`${origin}/a.json`, `${origin}/a.json?b=c`]);
    const { manifests, diagnostics } = parseManifests(sources);
    expect(diagnostics).toMatchObject([{ severity: 'warning' }]);
    expect(manifests.map(({ resource }) => resource.metadata.name)).toEqual(['shop']);
    expect(parseManifests([{ name: sources[0]?.name ?? '', text: '{' }]).diagnostics).toMatchObject(
      [{ message: expect.stringContaining('JSON') }],
    );
  });

  it('that is named twice is fetched once', async () => {
    expect((await read(respond(SERVICE), ['/a', '/a'])).sources).toHaveLength(1);
    expect(asked).toEqual(['/a']);
  });

  it('tells of progress while it is read', async () => {
    const told: unknown[] = [];
    await read(respond(SERVICE), ['/a'], { onProgress: (so) => told.push(so) });
    expect(told).toEqual([
      { files: 0, bytes: SERVICE.length },
      { files: 1, bytes: SERVICE.length },
    ]);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])(
    'of status %i is followed, and the name is that of the URL given',
    async (status) => {
      expect((await read(redirects(1, status), ['/0'])).sources).toEqual([['/0', SERVICE]]);
    },
  );

  it('is followed five times and no more', async () => {
    expect((await read(redirects(5), ['/0'])).faults).toEqual([]);
    expect((await read(redirects(6), ['/0'])).faults).toEqual([
      "/0 can't be read: there are more than 5 redirects",
    ]);
    expect(asked).toHaveLength(6);
  });

  it.each([
    ['file:///etc/passwd', 'it redirects to file:, and only http and https are followed'],
    ['ftp://127.0.0.1/', 'it redirects to ftp:, and only http and https are followed'],
    ['http://a:b@127.0.0.1/', 'it redirects to a URL with a user name or a password'],
    ['http://[', 'it redirects to what is no URL'],
  ])('to %s is not followed', async (location, reason) => {
    expect((await read(respond('', { location }, 302), ['/0'])).faults).toEqual([
      `/0 can't be read: ${reason}`,
    ]);
  });

  it('from https to http is not followed', async () => {
    const location = 'http://shop.example/';
    const fetch = vi.fn<typeof globalThis.fetch>(
      async () => new Response(null, { status: 301, headers: { location } }),
    );
    vi.stubGlobal('fetch', fetch);
    expect((await read(respond(''), ['https://shop.example/'])).faults).toEqual([
      "https://shop.example/ can't be read: it redirects from https to http, which is not followed",
    ]);
    expect(fetch).toHaveBeenCalledOnce();
  });
});

describe('a URL that can’t be read', () => {
  it.each([
    [404, '404 Not Found'],
    [503, '503 Service Unavailable'],
    [304, '304 Not Modified'],
    [599, '599'],
  ])('because of the status %i says so', async (status, reason) => {
    expect((await read(respond('no', {}, status), ['/x.yaml'])).faults).toEqual([
      `/x.yaml can't be read: ${reason}`,
    ]);
  });

  it('because nobody listens says so', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const url = `${originOf(closed)}/`;
    await new Promise((resolve) => closed.close(resolve));
    expect((await read(respond(''), [url])).faults).toEqual([
      `${url} can't be read: connection refused`,
    ]);
  });

  it('because the connection breaks says so', async () => {
    const breaking: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('a', () => response.destroy());
    };
    expect((await read(breaking, ['/a'])).faults).toEqual([
      "/a can't be read: the connection was closed",
    ]);
  });

  it.each([
    ['no answer', () => undefined],
    [
      'only half of one',
      (_, response) => {
        response.write('kind: ');
      },
    ],
  ] satisfies readonly (readonly [string, RequestListener])[])(
    'in time, since there is %s, is given up',
    async (_, silent) => {
      expect((await read(silent, ['/a'], { timeLimit: 100 })).faults).toEqual([
        "/a can't be read: it took longer than 0.1 s",
      ]);
    },
  );

  it('to its end for its size is left at the limit', async () => {
    const closed = Promise.withResolvers<void>();
    const endless: RequestListener = (_, response) => {
      const go = (): void => {
        while (response.write('#'.repeat(65_536)));
        response.once('drain', go);
      };
      response.once('close', closed.resolve);
      go();
    };
    expect((await read(endless, ['/a'])).faults).toEqual([
      '/a is not read: it is larger than 8.0 MiB',
    ]);
    await closed.promise;
  });

  it('for its size once it is decompressed is left as well', async () => {
    const packed = gzipSync(Buffer.alloc(100_000, '#'));
    const bomb = respond(packed, { 'content-encoding': 'gzip' });
    expect((await read(bomb, ['/a'], { maximumSize: 10_000 })).faults).toEqual([
      '/a is not read: it is larger than 0.0 MiB',
    ]);
  });

  it('since it is binary, a web page or empty says so', async () => {
    const faults = async (body: string | Uint8Array): Promise<readonly string[]> =>
      (await read(respond(body), ['/a.yaml'])).faults;
    expect(await faults(new Uint8Array([0x4d, 0x5a, 0]))).toEqual(['/a.yaml is no UTF-8 text']);
    expect(await faults('\n<!DOCTYPE html>\n<html lang="en">')).toEqual([
      '/a.yaml is a web page and no manifest',
    ]);
    expect(await faults('')).toEqual(['/a.yaml is empty']);
  });

  it('since it is none says so', async () => {
    expect((await read(respond(''), ['https://', 'http://[::1'])).faults).toEqual([
      "https:// can't be read: it is no valid URL",
      "http://[::1 can't be read: it is no valid URL",
    ]);
  });
});

describe('a user name or password in a URL', () => {
  it('is refused, and shown to nobody', async () => {
    const host = new URL(origin).host;
    const urls = [
      `http://user:secret@${host}/a`,
      `http://secret@${host}/a`,
      `HTTP://:secret@${host}/a`,
      'https://user:secret@[::1/a',
      'https://user:sec@ret@shop.example:99999/a',
    ];
    const result = await read(respond(SERVICE), urls);
    expect(asked).toEqual([]);
    expect(result.sources).toEqual([]);
    const refused = "/a can't be read: a URL with a user name or a password is refused";
    expect(result.faults).toEqual([
      refused,
      refused,
      refused,
      "https://[::1/a can't be read: it is no valid URL",
      "https://shop.example:99999/a can't be read: it is no valid URL",
    ]);
  });
});
