import type http from 'node:http';

import { expect } from 'vitest';

import type { Behaviour, Scene } from './behaviour.ts';

/** The header fields that the origin sees. */
async function seen(
  scene: Scene,
  ...[sent, errand]: Parameters<Scene['send']>
): Promise<http.IncomingHttpHeaders> {
  const path = scene.origin.on((request, response) => {
    response.end(JSON.stringify(request.headers));
  });
  const { body } = await scene.send({ ...sent, path }, errand);
  const headers: http.IncomingHttpHeaders = JSON.parse(body.toString());
  return headers;
}

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

export const identity: readonly Behaviour[] = [
  {
    name: 'Via names us after those whom the client names',
    check: async (scene) => {
      expect((await seen(scene, { path: '' })).via).toMatch(/^(1\.1|2|3) portolan$/);
      const headers = { via: '1.0 fred, 1.1 p.example.net' };
      expect((await seen(scene, { path: '', headers })).via).toMatch(
        /^1\.0 fred, 1\.1 p\.example\.net, (1\.1|2|3) portolan$/,
      );
    },
  },
  {
    name: 'a request that goes round in circles is 508',
    check: async (scene) => {
      const via = Array.from({ length: 5 }, () => '1.1 portolan').join(', ');
      const { status, body } = await scene.send({ path: '/', headers: { via } });
      expect(status).toBe(508);
      expect(JSON.parse(body.toString())).toMatchObject({ reason: 'LoopDetected' });
    },
  },
  {
    name: 'Forwarded says the same as the older fields',
    check: async (scene) => {
      const headers = { host: 'shop.example:8080', forwarded: 'for=192.0.2.1;proto=https' };
      const { forwarded } = await seen(scene, { path: '', headers });
      expect(forwarded).toContain('for=127.0.0.1');
      expect(forwarded).toContain('host="shop.example:8080"');
      expect(forwarded).toContain('proto=http');
      expect(forwarded).not.toContain('192.0.2.1');
    },
  },
  {
    name: 'a trace begins here where nobody whom we trust began one',
    check: async (scene) => {
      const headers = { traceparent: TRACEPARENT, tracestate: 'vendor=secret' };
      const arrived = await seen(scene, { path: '', headers });
      expect(arrived['traceparent']).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-0[0-3]$/);
      expect(arrived['traceparent']).not.toContain('0af7651916cd43dd8448eb211c80319c');
      expect(arrived).not.toHaveProperty('tracestate');
    },
  },
  {
    name: 'the host policy Endpoint shows the endpoint its own name',
    check: async (scene) => {
      const headers = { host: 'shop.example' };
      const settings = { hostPolicy: 'Endpoint' as const };
      expect(await seen(scene, { path: '', headers }, { settings })).toMatchObject({
        host: `127.0.0.1:${scene.origin.port}`,
        'x-forwarded-host': 'shop.example',
      });
    },
  },
  {
    name: 'the host policy Require shows it the client’s, or is 502',
    check: async (scene) => {
      const errand = { settings: { hostPolicy: 'Require' as const } };
      const headers = { host: 'shop.example' };
      if (scene.runtime.keepsHost) {
        expect(await seen(scene, { path: '', headers }, errand)).toMatchObject(headers);
      } else {
        const { status, body } = await scene.send({ path: '/', headers }, errand);
        expect(status).toBe(502);
        expect(JSON.parse(body.toString())).toMatchObject({ reason: 'HostNotKept' });
      }
    },
  },
];
