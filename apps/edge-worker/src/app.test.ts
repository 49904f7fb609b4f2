import { describe, expect, it, vi } from 'vitest';

import { createApp } from './app.ts';
import type { SnapshotStatus } from './live/live-snapshot.ts';

const token = 'correct.horse~battery/staple==';

const gateway: Parameters<typeof createApp>[0] = {
  fetch: () => Promise.resolve(new Response('the gateway')),
};

const metrics = {
  text: () => 'portolan_requests_total 1\n',
  contentType: 'text/plain; version=0.0.4',
};

const dns = (request: Request): Promise<Response> =>
  Promise.resolve(
    new Response(`dns ${request.method} ${new URL(request.url).search}`, {
      headers: { 'content-type': 'application/dns-message', 'cache-control': 'max-age=5' },
    }),
  );

const MINUTE = 60_000;
let now = 10 * MINUTE;
let status: SnapshotStatus = { version: 'v1', source: 'kv', checkedAt: now - 1_500 };

const operations: Parameters<typeof createApp>[1] = {
  reservedPath: '/.portolan',
  status: () => status,
  staleAfter: 60,
  now: () => now,
};

const withToken = createApp(gateway, { ...operations, admin: { token, metrics, dns } });
const withoutToken = createApp(gateway, operations);

async function ask(
  app: ReturnType<typeof createApp>,
  name: string,
  authorization?: string,
  method = 'GET',
) {
  const response = await app.fetch(
    new Request(`http://edge/.portolan/${name}`, {
      method,
      headers: authorization === undefined ? {} : { authorization },
    }),
  );
  return { status: response.status, headers: response.headers, body: await response.text() };
}

describe('the admin side', () => {
  it.each([
    [
      'snapshot',
      '{"format":4,"version":"v1","source":"kv","checkedAt":598500}',
      'application/json',
    ],
    ['metrics', 'portolan_requests_total 1\n', 'text/plain; version=0.0.4'],
  ])('answers %s to whoever brings the token', async (name, body, type) => {
    const answer = await ask(withToken, name, `Bearer ${token}`);
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('portolan-snapshot')).toBe('"v1"; source=kv; checked=1');
  });

  it('answers DNS over HTTPS to whoever brings the token', async () => {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(withToken, 'dns-query?dns=AA', `Bearer ${token}`, method);
      expect(answer).toMatchObject({ status: 200, body: `dns ${method} ?dns=AA` });
      expect(answer.headers.get('content-type')).toBe('application/dns-message');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each(['snapshot', 'metrics', 'dns-query'])(
    'asks those who bring none at %s for it',
    async (name) => {
      const answer = await ask(withToken, name);
      expect(answer).toMatchObject({ status: 401, body: 'Unauthorized' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="portolan"');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  it.each([
    ['another token', 'Bearer correct.horse~battery/stable=='],
    ['the beginning of the token', `Bearer ${token.slice(0, -1)}`],
    ['the token and more', `Bearer ${token}=`],
    ['the token in capitals', `Bearer ${token.toUpperCase()}`],
  ])('refuses %s', async (_, authorization) => {
    const answer = await ask(withToken, 'metrics', authorization);
    expect(answer).toMatchObject({ status: 401, body: 'Unauthorized' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
  });

  it.each([`Basic ${btoa(`admin:${token}`)}`, 'Bearer', 'Bearer two words', token])(
    'calls %j, which is no bearer token, a bad request: RFC 6750 section 3.1',
    async (authorization) => {
      const answer = await ask(withToken, 'snapshot', authorization);
      expect(answer).toMatchObject({ status: 400, body: 'Bad Request' });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_request"');
    },
  );

  it.each(['snapshot', 'metrics', 'dns-query'])(
    'does not exist without a token: no %s',
    async (name) => {
      for (const authorization of [undefined, 'Bearer ', 'Bearer undefined', `Bearer ${token}`]) {
        expect(await ask(withoutToken, name, authorization)).toMatchObject({ status: 404 });
      }
    },
  );
});

describe('the reserved path', () => {
  it.each(['healthz', 'readyz'])('answers %s to everybody', async (name) => {
    for (const app of [withToken, withoutToken]) {
      expect(await ask(app, name)).toMatchObject({ status: 200, body: 'ok' });
    }
  });

  it('is never handed on to the gateway, whatever comes after it', async () => {
    for (const name of ['', 'other', 'metrics/', 'metrics/x', 'METRICS']) {
      expect(await ask(withToken, name, `Bearer ${token}`)).toMatchObject({ status: 404 });
    }
    expect(await ask(withToken, 'metrics', `Bearer ${token}`, 'POST')).toMatchObject({
      status: 404,
    });
  });

  it('is the same in any spelling of its bytes', async () => {
    for (const path of [
      '/%2Eportolan/metrics',
      '/.portola%6E/metrics',
      '/x/../.portolan/metrics',
    ]) {
      const response = await withToken.fetch(new Request(`http://edge${path}`));
      expect(response.status).toBe(401);
    }
  });

  it('takes nothing else', async () => {
    for (const path of ['/', '/.portolanx', '/x/.portolan/metrics']) {
      const response = await withToken.fetch(new Request(`http://edge${path}`));
      expect(await response.text()).toBe('the gateway');
    }
    const off = createApp(gateway, {
      ...operations,
      reservedPath: '',
      admin: { token, metrics, dns },
    });
    expect(await ask(off, 'metrics')).toMatchObject({ body: 'the gateway' });
  });
});

describe('a gateway that fails', () => {
  it('is told to the log, and not to the client', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const fault = new TypeError('the body has been read');
    const app = createApp({ fetch: () => Promise.reject(fault) }, operations);
    const response = await app.fetch(new Request('http://edge/'));
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('Internal Server Error');
    expect(log).toHaveBeenCalledExactlyOnceWith(fault);
    log.mockRestore();
  });
});

describe('readyz', () => {
  it('says that the Snapshot is stale where no source has answered for long, and stays ready', async () => {
    status = { ...status, checkedAt: now };
    now += MINUTE + 999;
    expect(await ask(withToken, 'readyz')).toMatchObject({ status: 200, body: 'ok' });
    now += 1;
    expect(await ask(withToken, 'readyz')).toMatchObject({
      status: 200,
      body: 'stale: no source answered for 61 s',
    });
    status = { version: 'v1', source: 'bundled' };
    expect(await ask(withToken, 'readyz')).toMatchObject({ status: 200, body: 'ok' });
  });
});

describe('the resource API', () => {
  const controlPlane = {
    fetch: async (asked: Request | URL | string) => {
      const request = new Request(asked);
      return Response.json({
        url: request.url,
        method: request.method,
        authorization: request.headers.get('authorization'),
        body: await request.text(),
      });
    },
  };

  it('is the control plane, which sees the request as it came', async () => {
    const app = createApp(gateway, { ...operations, controlPlane });
    const response = await app.fetch(
      new Request('http://edge/.portolan/kube/api/v1/pods?limit=1', {
        method: 'POST',
        body: '{}',
        headers: { authorization: 'Bearer of another' },
      }),
    );
    expect(await response.json()).toEqual({
      url: 'http://edge/.portolan/kube/api/v1/pods?limit=1',
      method: 'POST',
      authorization: 'Bearer of another',
      body: '{}',
    });
  });

  it('is not there without a control plane, and nothing beside it leads there', async () => {
    expect(await ask(withToken, 'kube/api', `Bearer ${token}`)).toMatchObject({ status: 404 });
    const app = createApp(gateway, { ...operations, controlPlane });
    for (const name of ['kubes/api', 'x/kube/api', 'kube/../api']) {
      expect(await ask(app, name)).toMatchObject({ status: 404 });
    }
  });
});
