import { request } from 'node:http';
import { connect } from 'node:tls';

import { afterEach, describe, expect, it } from 'vitest';

import { certificate } from '../../node/test/certificate/certificate.ts';
import { ingress, pod, resources, secret, service } from './manifests.ts';
import { eventually, portOf, starting, TOKEN } from './starting.ts';

const start = starting();
afterEach(start.end);

const ANY = { hostname: '127.0.0.1', port: 0 };
const POD = '127.0.91.1';

/** Asks with a Host of its own. */
function ask(
  port: number,
  host: string,
  path: string = '/',
): Promise<{ status: number; text: string; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, headers: { host }, agent: false },
      (answer) => {
        let text = '';
        answer.on('data', (data) => (text += String(data)));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location }),
        );
      },
    );
    asked.on('error', reject).end();
  });
}

/** The subject of the certificate that is shown to who asks for a name. */
function shown(port: number, servername: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername, rejectUnauthorized: false });
    socket.once('secureConnect', () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('the Ingress entrance', () => {
  it('serves Ingresses, and neither Service names nor cluster IPs', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ http: ANY });
    await host.update(
      resources(ingress(['shop.example']) + service('clusterIP: 10.96.0.7') + pod('cart', POD)),
    );
    const port = portOf(host, 'http');
    expect(await ask(port, 'shop.example')).toMatchObject({
      status: 200,
      text: 'cart shop.example',
    });
    for (const inside of ['cart.shop.svc.cluster.local', 'cart.shop', '10.96.0.7']) {
      expect(await ask(port, inside)).toMatchObject({ status: 404 });
    }
  });

  it('shows each host the certificate that an Ingress names for it, and another one at once', async () => {
    const [a, wild, renewed] = [
      certificate('a.example'),
      certificate('*.b.example'),
      certificate('a.example', 'renewed.example'),
    ];
    const { host, warnings } = await start.host({ https: ANY });
    const tls =
      '[{ hosts: [a.example], secretName: a }, { secretName: wild }, { hosts: [c.example], secretName: none }]';
    const manifests = (first: typeof a): string =>
      ingress(['a.example'], tls) + secret('a', first) + secret('wild', wild);
    await host.update(resources(manifests(a)));
    const port = portOf(host, 'https');
    expect(await shown(port, 'a.example')).toBe('a.example');
    expect(await shown(port, 'x.b.example')).toBe('*.b.example');
    await expect(shown(port, 'c.example')).rejects.toThrow('handshake failure');
    expect(warnings).toEqual(['Ingress shop/web: spec.tls[2]: there is no Secret shop/none']);

    await host.update(resources(manifests({ ...renewed })));
    const seen = await new Promise<string>((resolve) => {
      const socket = connect({
        host: '127.0.0.1',
        port,
        servername: 'a.example',
        rejectUnauthorized: false,
      });
      socket.once('secureConnect', () => {
        resolve(socket.getPeerCertificate().subjectaltname ?? '');
        socket.destroy();
      });
    });
    expect(seen).toContain('renewed.example');
  });

  it('takes a Secret that the API is given, and lets nobody read keys elsewhere', async () => {
    const own = certificate('a.example');
    const { host } = await start.host({ https: ANY, admin: ANY, adminToken: TOKEN });
    await host.update(resources(ingress(['a.example'], '[{ hosts: [a.example], secretName: a }]')));
    const port = portOf(host, 'https');
    await expect(shown(port, 'a.example')).rejects.toThrow('handshake failure');
    const admin = `http://127.0.0.1:${portOf(host, 'admin')}`;
    const authorization = `Bearer ${TOKEN}`;
    const data = { 'tls.crt': btoa(own.cert), 'tls.key': btoa(own.key) };
    const created = await fetch(`${admin}/.portolan/kube/api/v1/namespaces/shop/secrets`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'a' },
        type: 'kubernetes.io/tls',
        data,
      }),
    });
    expect(created.status).toBe(201);
    await eventually(() =>
      shown(port, 'a.example').then(
        () => true,
        () => false,
      ),
    );
    const told = [JSON.stringify(host.controlPlane.snapshot())];
    for (const path of ['/metrics', '/snapshot']) {
      const answer = await fetch(admin + path, { headers: { authorization } });
      told.push(await answer.text());
    }
    for (const each of told) {
      expect(each).not.toContain(data['tls.key'].slice(50, 90));
      expect(each).not.toContain(own.key.slice(50, 90));
    }
  });

  it('redirects to HTTPS where there is a certificate, but for ACME challenges', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ http: ANY, https: ANY, redirectToHTTPS: true });
    await host.update(
      resources(
        ingress(['a.example', 'plain.example'], '[{ hosts: [a.example], secretName: a }]') +
          secret('a', certificate('a.example')) +
          service('type: ClusterIP') +
          pod('cart', POD),
      ),
    );
    const port = portOf(host, 'http');
    expect(await ask(port, 'a.example:8080', '/a%20b?c=d')).toMatchObject({
      status: 308,
      location: `https://a.example:${portOf(host, 'https')}/a%20b?c=d`,
    });
    expect(await ask(port, 'plain.example')).toMatchObject({ status: 200 });
    const challenge = '/.well-known/acme-challenge/token';
    expect(await ask(port, 'a.example', challenge)).toMatchObject({ status: 200 });
  });
});

describe('the internal entrance', () => {
  it('reaches Services by name and by cluster IP, in absolute form or by Host', async () => {
    await start.pod('cart', POD);
    const { host } = await start.host({ internal: ANY });
    await host.update(resources(service('clusterIP: 10.96.0.7') + pod('cart', POD)));
    const port = portOf(host, 'internal');
    for (const name of ['cart.shop.svc.cluster.local', 'cart.shop.svc', 'cart.shop', '10.96.0.7']) {
      expect(await ask(port, name)).toMatchObject({ status: 200, text: `cart ${name}` });
      // As a client sends it that has us as its http_proxy.
      expect(await ask(port, 'whatever', `http://${name}/`)).toMatchObject({ status: 200 });
      const answer = await host.services.fetch(`http://${name}/`);
      expect(await answer.text()).toBe(`cart ${name}`);
    }
    expect(await ask(port, 'shop.example')).toMatchObject({ status: 404 });
    expect(await ask(port, 'cart.shop:81')).toMatchObject({ status: 404 });
  });

  it('is warned of where others than this machine come to it', async () => {
    const { warnings } = await start.host({ internal: { hostname: '0.0.0.0', port: 0 } });
    expect(warnings).toEqual([
      'every Service, as if from inside, is open to whoever reaches 0.0.0.0:0',
    ]);
  });
});

describe('the admin side', () => {
  it('tells how it is, and more to who has the token', async () => {
    const { host } = await start.host({ admin: ANY, adminToken: TOKEN });
    const url = `http://127.0.0.1:${portOf(host, 'admin')}`;
    const status = async (path: string, init: RequestInit = {}): Promise<number> =>
      (await fetch(url + path, init)).status;
    expect(await status('/healthz')).toBe(200);
    expect(await status('/readyz')).toBe(503);
    await host.update([]);
    expect(await status('/readyz')).toBe(200);
    expect(await status('/.portolan/readyz')).toBe(200);
    for (const path of ['/metrics', '/snapshot']) {
      expect(await status(path)).toBe(401);
      expect(await status(path, { headers: { authorization: 'Bearer wrong-token-of-all' } })).toBe(
        401,
      );
      expect(await status(path, { headers: { authorization: `bearer ${TOKEN}` } })).toBe(200);
    }
    expect(await status('/healthz', { method: 'POST' })).toBe(405);
    expect(await status('/else')).toBe(404);
    expect(await status('/.portolan/kube/api')).toBe(401);
  });

  it('has neither metrics nor Snapshot without a token', async () => {
    const { host } = await start.host({ admin: ANY });
    const answer = await fetch(`http://127.0.0.1:${portOf(host, 'admin')}/metrics`);
    expect(answer.status).toBe(404);
  });
});

describe('a host that closes', () => {
  it('is not ready, lets what is under way finish, and ends', async () => {
    const { host } = await start.host({ http: ANY, admin: ANY });
    const { createServer } = await import('node:http');
    const asked = Promise.withResolvers<() => void>();
    const slow = createServer((_, response) => asked.resolve(() => response.end('late')));
    await new Promise<void>((resolve) => {
      slow.listen(8080, POD, resolve);
    });
    await host.update(
      resources(ingress(['shop.example']) + service('type: ClusterIP') + pod('cart', POD)),
    );
    const admin = `http://127.0.0.1:${portOf(host, 'admin')}`;
    const http = portOf(host, 'http');
    const answering = ask(http, 'shop.example');
    const finish = await asked.promise;
    const closed = host.close();
    await eventually(async () => (await fetch(`${admin}/readyz`)).status === 503);
    await expect(ask(http, 'shop.example')).rejects.toThrow('ECONNREFUSED');
    finish();
    expect(await answering).toMatchObject({ status: 200, text: 'late' });
    await closed;
    slow.close();
    expect(host.close()).toBe(closed);
    await expect(host.update([])).rejects.toThrow('the host has been closed');
    await expect(fetch(`${admin}/readyz`)).rejects.toThrow('fetch failed');
  });
});
