import type http from 'node:http';
import { buffer } from 'node:stream/consumers';

import { expect } from 'vitest';

import { open } from '../client/client.ts';
import type { Behaviour } from './behaviour.ts';

/** Gives back what it was sent; a request that breaks off has no answer. */
const mirror: http.RequestListener = (request, response) => {
  buffer(request).then(
    (body) => response.end(body),
    () => undefined,
  );
};

export const limits: readonly Behaviour[] = [
  {
    name: 'a body that says it is too large is 413 before any of it is sent on',
    check: async (scene) => {
      let arrived = 0;
      const path = scene.origin.on(() => void (arrived += 1));
      const { request, response } = open(scene.port, {
        method: 'POST',
        path: scene.to(path, { settings: { bodyLimit: 10 } }),
        headers: { 'content-length': 11 },
      });
      // wrangler's local server hands no answer over before the request has ended.
      request.end('12345678901');
      const message = await response;
      expect(message.statusCode).toBe(413);
      expect(JSON.parse((await buffer(message)).toString())).toMatchObject({
        reason: 'RequestBodyTooLarge',
      });
      expect(arrived).toBe(0);
      request.destroy();
    },
  },
  {
    name: 'a body that turns out to be too large is 413, and the origin never takes it for whole',
    check: async (scene) => {
      const whole: boolean[] = [];
      const path = scene.origin.on((request) => {
        request.on('error', () => undefined);
        request.resume().once('close', () => whole.push(request.complete));
      });
      const { request, response } = open(scene.port, {
        method: 'POST',
        path: scene.to(path, { settings: { bodyLimit: 10 } }),
        headers: { 'transfer-encoding': 'chunked' },
      });
      request.write('12345');
      request.write('678901');
      const message = await response;
      expect(message.statusCode).toBe(413);
      expect(whole).not.toContain(true);
      request.destroy();
    },
  },
  {
    name: 'a body that is just as large as allowed passes',
    check: async (scene) => {
      const path = scene.origin.on(mirror);
      const errand = { settings: { bodyLimit: 10 } };
      const sent = { method: 'POST', path, body: '1234567890' };
      const { status, body } = await scene.send(sent, errand);
      expect({ status, body: body.toString() }).toEqual({ status: 200, body: sent.body });
      const chunked = { ...sent, headers: { 'transfer-encoding': 'chunked' } };
      expect((await scene.send(chunked, errand)).body.toString()).toBe(sent.body);
    },
  },
  {
    name: 'an answer that stands still is broken off, one that moves is not',
    check: async (scene) => {
      const settings = { idleTimeout: 500 };
      const still = scene.origin.on((_, response) => {
        response.writeHead(200);
        response.write('one');
      });
      const { request, response } = open(scene.port, { path: scene.to(still, { settings }) });
      request.end();
      await expect(buffer(await response)).rejects.toThrow('aborted');

      const moving = scene.origin.on((_, answer) => {
        let left = 8;
        const ticking = setInterval(() => {
          left -= 1;
          if (left > 0) answer.write('.');
          else {
            clearInterval(ticking);
            answer.end('!');
          }
        }, 150);
      });
      const { body } = await scene.send({ path: moving }, { settings });
      expect(body.toString()).toBe('.......!');
    },
  },
  {
    name: 'a request that stands still is 408, one that moves is not',
    check: async (scene) => {
      const path = scene.origin.on(mirror);
      const errand = { settings: { idleTimeout: 500 } };
      const still = open(scene.port, {
        method: 'POST',
        path: scene.to(path, errand),
        headers: { 'transfer-encoding': 'chunked' },
      });
      still.request.write('one');
      const message = await still.response;
      expect(message.statusCode).toBe(408);
      still.request.destroy();

      const moving = open(scene.port, {
        method: 'POST',
        path: scene.to(path, errand),
        headers: { 'transfer-encoding': 'chunked' },
      });
      let left = 8;
      const ticking = setInterval(() => {
        left -= 1;
        if (left > 0) moving.request.write('.');
        else {
          clearInterval(ticking);
          moving.request.end('!');
        }
      }, 150);
      expect((await buffer(await moving.response)).toString()).toBe('.......!');
    },
  },
];
