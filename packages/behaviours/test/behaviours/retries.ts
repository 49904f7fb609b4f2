import type http from 'node:http';
import { buffer } from 'node:stream/consumers';

import { expect } from 'vitest';

import { freePort } from '../../../proxy/test/port/port.ts';
import type { Sent } from '../client/client.ts';
import type { Errand } from '../errand/errand.ts';
import { startSimpleOrigin } from '../origin/origin.ts';
import type { Behaviour, Scene } from './behaviour.ts';

const mirror: http.RequestListener = async (request, response) => {
  response.end(`${request.method} ${(await buffer(request)).toString()}`);
};

/** Takes the whole request, and breaks off without an answer. */
const hangUp: http.RequestListener = async (request) => {
  await buffer(request);
  request.socket.destroy();
};

interface Tried {
  readonly status: number;
  readonly body: string;
  /** How many requests reached each of the two. */
  readonly arrived: readonly [first: number, second: number];
}

/** Sends to the first of two endpoints, and says what came of it. */
async function trying(
  scene: Scene,
  [first, second]: readonly [http.RequestListener, http.RequestListener],
  sent: Omit<Sent, 'path'>,
  settings: Errand['settings'],
): Promise<Tried> {
  const arrived: [number, number] = [0, 0];
  const spare = await startSimpleOrigin((request, response) => {
    arrived[0] += 1;
    first(request, response);
  });
  try {
    const path = scene.origin.on((request, response) => {
      arrived[1] += 1;
      second(request, response);
    });
    const errand = { port: spare.port, others: [scene.origin.port], settings };
    const { status, body } = await scene.send({ ...sent, path }, errand);
    return { status, body: body.toString(), arrived };
  } finally {
    await spare.close();
  }
}

export const retries: readonly Behaviour[] = [
  {
    name: 'an idempotent request goes to another endpoint where the first refuses',
    check: async (scene) => {
      const path = scene.origin.on(mirror);
      const errand = {
        port: await freePort(),
        others: [scene.origin.port],
        settings: { retries: 1 },
      };
      const ask = async (method: string): Promise<void> => {
        const { status, body } = await scene.send({ method, path }, errand);
        expect({ status, body: body.toString() }).toEqual({ status: 200, body: `${method} ` });
      };
      await Promise.all(['GET', 'PUT', 'DELETE', 'OPTIONS'].map(ask));
    },
  },
  {
    name: 'a request that is not idempotent goes to another endpoint if not a byte of it was sent',
    skip: ({ name }) =>
      name === 'workerd' ? 'Workers tell a refused connection and a broken one alike' : undefined,
    check: async (scene) => {
      const path = scene.origin.on(mirror);
      const port = await freePort();
      const errand = { port, others: [scene.origin.port], settings: { retries: 1 } };
      const { status, body } = await scene.send({ method: 'POST', path, body: 'ahoy' }, errand);
      expect({ status, body: body.toString() }).toEqual({ status: 200, body: 'POST ahoy' });
    },
  },
  {
    name: 'a request that is not idempotent is never sent twice',
    check: async (scene) => {
      const sent = { method: 'POST', body: 'pay' };
      expect(await trying(scene, [hangUp, mirror], sent, { retries: 5 })).toMatchObject({
        status: 502,
        arrived: [1, 0],
      });
    },
  },
  {
    name: 'a body that is kept is sent again whole',
    check: async (scene) => {
      const sent = { method: 'PUT', body: 'x'.repeat(20_000) };
      expect(await trying(scene, [hangUp, mirror], sent, { retries: 1 })).toEqual({
        status: 200,
        body: `PUT ${sent.body}`,
        arrived: [1, 1],
      });
    },
  },
  {
    name: 'a body that is larger than what is kept is streamed, and not sent again',
    check: async (scene) => {
      const sent = { method: 'PUT', body: 'x'.repeat(20_000) };
      const settings = { retries: 1, retryBodyLimit: 1_000 };
      expect(await trying(scene, [hangUp, mirror], sent, settings)).toMatchObject({
        status: 502,
        arrived: [1, 0],
      });
      expect(await trying(scene, [mirror, hangUp], sent, settings)).toMatchObject({
        status: 200,
        body: `PUT ${sent.body}`,
      });
    },
  },
  {
    name: 'a status is tried again where it is listed, and only then',
    check: async (scene) => {
      const busy: http.RequestListener = (_, response) => response.writeHead(503).end('busy');
      const get = { method: 'GET' };
      expect(
        await trying(scene, [busy, mirror], get, { retries: 1, retryOn: [503] }),
      ).toMatchObject({ status: 200, arrived: [1, 1] });
      expect(await trying(scene, [busy, mirror], get, { retries: 1 })).toMatchObject({
        status: 503,
        body: 'busy',
        arrived: [1, 0],
      });
      expect(await trying(scene, [busy, busy], get, { retries: 1, retryOn: [503] })).toMatchObject({
        status: 503,
        body: 'busy',
        arrived: [1, 1],
      });
      expect(
        await trying(scene, [busy, mirror], { method: 'POST' }, { retries: 1, retryOn: [503] }),
      ).toMatchObject({ status: 503, arrived: [1, 0] });
    },
  },
  {
    name: 'a try that takes too long is given up for another',
    check: async (scene) => {
      const silent: http.RequestListener = () => undefined;
      const settings = { retries: 1, perTryTimeout: 300 };
      expect(await trying(scene, [silent, mirror], {}, settings)).toMatchObject({
        status: 200,
        arrived: [1, 1],
      });
      expect(await trying(scene, [silent, silent], {}, settings)).toMatchObject({ status: 504 });
    },
  },
  {
    name: 'all tries together keep to the limit for the first byte',
    check: async (scene) => {
      const silent: http.RequestListener = () => undefined;
      const settings = { retries: 5, firstByteTimeout: 300 };
      expect(await trying(scene, [silent, mirror], {}, settings)).toMatchObject({
        status: 504,
        arrived: [1, 0],
      });
    },
  },
];
