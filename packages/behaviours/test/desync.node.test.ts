import net from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { serve, socket, type HTTPServer } from '@portolan/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { seeded } from './churn/random.ts';
import { startLooseOrigin, type LooseOrigin } from './desync/loose-origin.ts';
import { mutant } from './desync/mutant.ts';
import { ODD_ANSWERS, PUT_IN } from './desync/odd-answers.ts';
import { startOddOrigin } from './desync/odd-origin.ts';
import {
  readAnswers,
  readRequests,
  valueOf,
  type ReadAnswer,
  type ReadRequest,
} from './desync/reading.ts';
import { errandPath } from './errand/errand.ts';
import { answerWith } from './hosts/answer.ts';

const MUTANTS = 1_200;
const SEED = 4;
/** Connections at a time. */
const WIDTH = 40;
/** Milliseconds without a byte after which nothing more is waited for: the request is not at its end, and never will be. */
const QUIET = 100;
/** The same for a request that is at its end and must be answered, however busy the machine is. */
const PATIENCE = 20_000;

/** What a client sent on one connection, and what came of it. */
interface Sent {
  readonly stream: string;
  readonly heard: string;
}

/** Milliseconds in which an odd answer has come, and what comes after it. */
const PAUSE = 60;

/** Sends parts of a text, with a pause between them, and hears what comes. */
async function say(
  port: number,
  parts: readonly string[],
  { pause = 0, quiet = QUIET }: { readonly pause?: number; readonly quiet?: number } = {},
): Promise<string> {
  const client = net.connect({ port, host: '127.0.0.1', noDelay: true });
  client.on('error', () => undefined);
  client.setEncoding('latin1');
  client.setTimeout(quiet, () => client.destroy());
  let heard = '';
  client.on('data', (data) => (heard += String(data)));
  const closed = new Promise<void>((resolve) => {
    client.once('close', () => resolve());
  });
  for (const [index, part] of parts.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    if (index > 0) await setTimeout(pause);
    if (!client.destroyed) client.write(part, 'latin1');
  }
  await closed;
  return heard;
}

/** What reached the handler. */
type Handled = Pick<ReadRequest, 'method' | 'target'>;

/** Whether it is what the origin says to this request, or is no answer of the origin. */
function isAnswerTo({ status, fields, body }: ReadAnswer, request: Handled | undefined): boolean {
  const own = valueOf(fields, 'x-target');
  if (own === undefined) return status === 204 || status >= 400;
  if (request?.target.endsWith(own) !== true) return false;
  return status === 200 && body === (request.method === 'HEAD' ? '' : own);
}

describe('requests that two servers might read differently', () => {
  let host: HTTPServer;
  let origin: LooseOrigin;
  /** What reached the handler, by the number of its mutant. */
  const handled = new Map<number, readonly Handled[]>();
  const sent = new Map<number, Sent>();
  const canaries = new Map<number, string>();
  const target = (kind: string, id: number): string =>
    errandPath({ port: origin.port }, `/${kind}/${id}`);

  beforeAll(async () => {
    const answer = answerWith(socket());
    origin = await startLooseOrigin();
    host = await serve(
      (request, from) => {
        const { pathname } = new URL(request.url);
        const id = Number(/\d+$/.exec(pathname)?.[0]);
        handled.set(id, [...(handled.get(id) ?? []), { method: request.method, target: pathname }]);
        return answer(request, from);
      },
      { hostname: '127.0.0.1', drain: 0 },
    );
    const random = seeded(SEED);
    const request = (method: string, to: string, more = ''): string =>
      `${method} ${to} HTTP/1.1\r\nHost: desync.example\r\n${more}\r\n`;
    const tryOne = async (id: number): Promise<void> => {
      const first = mutant(random, target('mutant', id), request('GET', target('smuggled', id)));
      const last = 'Connection: close\r\n';
      const stream = first + request('GET', target('canary', id), last);
      const cut = Math.floor(random() * stream.length);
      sent.set(id, {
        stream,
        heard: await say(host.port, [stream.slice(0, cut), stream.slice(cut)]),
      });
      const other = request('GET', target('other', id), last);
      canaries.set(id, await say(host.port, [other], { quiet: PATIENCE }));
    };
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < MUTANTS) await tryOne(next++);
    };
    await Promise.all(Array.from({ length: WIDTH }, work));
  }, 600_000);

  afterAll(async () => {
    origin.close();
    await host.close();
  });

  /** What the handler got of one mutant's connection. */
  const handledOf = (id: number): readonly Handled[] =>
    (handled.get(id) ?? []).filter(({ target: to }) => !to.includes('/other/'));

  it('are read as RFC 9112 says, or refused', () => {
    const misread = Array.from(sent).filter(([id, { stream }]) => {
      const meant = readRequests(stream);
      return !handledOf(id).every(
        (each, index) =>
          each.method === meant[index]?.method && each.target === meant[index].target,
      );
    });
    expect(misread).toEqual([]);
  });

  it('reach an origin that reads loosely as they were read here', () => {
    const altered = origin.taken.filter(({ method, target: to, body }) => {
      const id = Number(/\d+$/.exec(to)?.[0]);
      const other = { method: 'GET', target: target('other', id), body: '' };
      const meant = [...readRequests(sent.get(id)?.stream ?? ''), other];
      return !meant.some(
        (each) => each.method === method && each.target.endsWith(to) && each.body === body,
      );
    });
    expect(altered).toEqual([]);
    // Every request that was forwarded has an id, and none has that of another.
    const ids = origin.taken.flatMap((taken) => taken.ids);
    expect(origin.taken.every((taken) => taken.ids.length === 1)).toBe(true);
    expect(new Set(ids).size).toBe(origin.taken.length);
  });

  it('have their own answers, and none is followed by anything', () => {
    const confused = Array.from(sent).filter(([id, { heard }]) => {
      const taken = handledOf(id);
      const methods = taken.map(({ method }) => method);
      // What is refused to HEAD has no content, either.
      if (heard.endsWith('\r\n\r\n')) methods.push('HEAD');
      const { answers, rest } = readAnswers(heard, methods);
      return rest !== '' || !answers.every((answer, index) => isAnswerTo(answer, taken[index]));
    });
    expect(confused).toEqual([]);
  });

  it('do nothing to whoever comes by another connection', () => {
    for (const [id, heard] of canaries) {
      const { answers, rest } = readAnswers(heard, ['GET']);
      expect(rest).toBe('');
      expect(answers.map(({ status, body }) => [status, body])).toEqual([[200, `/other/${id}`]]);
    }
  });

  it('are good ones often enough to matter', () => {
    const forwarded = origin.taken.filter(({ target: to }) => to.startsWith('/mutant/'));
    expect(forwarded.length).toBeGreaterThan(MUTANTS / 20);
    const pairs = Array.from(sent.values()).filter(({ heard }) => heard.includes('/canary/'));
    expect(pairs.length).toBeGreaterThan(MUTANTS / 20);
  });
});

describe('answers that two clients might read differently', () => {
  let host: HTTPServer;
  beforeAll(async () => {
    host = await serve(answerWith(socket()), { hostname: '127.0.0.1', drain: 0 });
  });
  afterAll(() => host.close());

  it.each(ODD_ANSWERS)(
    'are no part of the next one: $name',
    async ({ method = 'GET', content, ...answer }) => {
      const origin = await startOddOrigin(answer);
      const request = (each: string, to: string, more: string): string =>
        `${each} ${errandPath({ port: origin.port }, to)} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
      const odd =
        request(method, '/odd', content === undefined ? '' : 'Content-Length: 100\r\n') +
        (content ?? '');
      const canary = request('GET', '/canary', 'Connection: close\r\n');
      const heard = await say(host.port, [odd, canary], { pause: PAUSE });
      const other = await say(host.port, [canary], { quiet: PATIENCE });
      origin.close();
      const { answers, rest } = readAnswers(heard, [method, 'GET']);
      expect(heard).not.toContain(PUT_IN);
      // Where the first answer was broken off, nothing comes after it.
      expect(answers.length === 0 ? '' : rest).toBe('');
      expect(answers.slice(1).every(({ body }) => body === 'canary')).toBe(true);
      const { answers: others } = readAnswers(other, ['GET']);
      expect(others).toMatchObject([{ status: 200, body: 'canary' }]);
    },
  );
});
