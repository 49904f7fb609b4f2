import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

import { serve, socket } from '@portolan/node';
import type { Exchange } from '@portolan/proxy';
import { portolan, type Portolan } from 'portolan';
import { afterEach, describe, expect, it } from 'vitest';

import { chiSquare, oneInAMillion } from './churn/chi-square.ts';
import { manifestsOf } from './churn/manifests.ts';
import { startPod, type Mood, type Pod } from './churn/pod.ts';
import { seeded } from './churn/random.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

async function pods(names: readonly string[]): Promise<Pod[]> {
  const started = await Promise.all(names.map((name) => startPod(name)));
  for (const pod of started) open.push(pod.kill);
  return started;
}

interface Shop {
  readonly app: Portolan;
  readonly port: number;
  readonly exchanges: readonly Exchange[];
}

async function shop(
  served: readonly Pod[],
  annotations: Readonly<Record<string, string>>,
  seed: number,
): Promise<Shop> {
  const exchanges: Exchange[] = [];
  const app = portolan(manifestsOf(served, annotations), {
    dialers: [socket()],
    random: seeded(seed),
    observe: (exchange) => exchanges.push(exchange),
  });
  const server = await serve(app.fetch, { port: 0, hostname: '127.0.0.1' });
  open.push(() => server.close());
  return { app, port: server.port, exchanges };
}

interface Answer {
  readonly asked: string;
  readonly status: number;
  readonly pod: string;
  readonly body: string;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

function ask(port: number, method: string, asked: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', agent, method, path: asked });
    request.once('error', reject);
    request.once('response', async (response) => {
      const body = (await buffer(response)).toString();
      const pod = String(response.headers['x-pod']);
      resolve({ asked, status: response.statusCode ?? 0, pod, body });
    });
    request.end();
  });
}

/** Clients that ask one thing after the other, without pause, until told to stop. */
function clients(port: number, count: number): { stop: () => Promise<readonly Answer[]> } {
  const answers: Answer[] = [];
  const over = new AbortController();
  const running = Array.from({ length: count }, async (_, client) => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const method = ['GET', 'GET', 'PUT', 'DELETE'][turn % 4] ?? 'GET';
      answers.push(await ask(port, method, `/${client}/${turn}?of=${method}`));
    }
  });
  return {
    stop: async () => {
      over.abort();
      await Promise.all(running);
      return answers;
    },
  };
}

describe('while Pods come and go', () => {
  it(
    'no request that may be repeated fails, and no answer is mixed up',
    { timeout: 60_000 },
    async () => {
      const random = seeded(7);
      const annotations = {
        'portolan.dev/load-balancing': 'LeastRequests',
        'portolan.dev/retries': '5',
        'portolan.dev/retry-on': '503',
        'portolan.dev/per-try-timeout': '500ms',
        'portolan.dev/ejection-failures': '3',
        'portolan.dev/ejection-time': '300ms',
      };
      const names = Array.from({ length: 8 }, (_, index) => `pod-${index}`);
      const alive = await pods(names);
      const { app, port, exchanges } = await shop(alive, annotations, 1);
      const asking = clients(port, 12);

      for (let round = 0; round < 30; round += 1) {
        await setTimeout(100);
        const at = Math.floor(random() * alive.length);
        const pod = alive[at];
        if (pod === undefined) continue;
        switch (round % 3) {
          case 0: {
            // Killed with whatever is under way; that it is gone is known only a moment later.
            await pod.kill();
            await setTimeout(30);
            const [replacement] = await pods([`pod-${8 + round}`]);
            if (replacement) alive.splice(at, 1, replacement);
            app.update(manifestsOf(alive, annotations));
            break;
          }
          case 1:
            await inMood(pod, 'slow', 150);
            break;
          case 2:
            await inMood(pod, 'fails', 150);
            break;
        }
      }

      const answers = await asking.stop();
      expect(answers.length).toBeGreaterThan(2_000);
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      expect(answers.filter(({ asked, body }) => asked !== body)).toEqual([]);
      // The Pods did fail: it was the retries that nobody noticed.
      expect(exchanges.filter(({ tries }) => tries.length > 1).length).toBeGreaterThan(10);
      expect(exchanges.length).toBe(answers.length);
    },
  );

  it.each([
    ['Random', {}],
    ['RoundRobin', {}],
    ['LeastRequests', {}],
    ['Maglev', { 'portolan.dev/hash-key': 'query:client' }],
    ['RendezvousHash', { 'portolan.dev/hash-key': 'query:client' }],
  ])('requests are spread as %s says', async (policy, hashing) => {
    const annotations = { 'portolan.dev/load-balancing': policy, ...hashing };
    const alive = await pods(['a', 'b', 'c', 'd', 'e']);
    const { app, port } = await shop(alive, annotations, 11);
    const spread = async (from: number): Promise<readonly Answer[]> => {
      const answers: Answer[] = [];
      for (let batch = 0; batch < 50; batch += 1) {
        const asked = Array.from({ length: 20 }, (_, index) => from + batch * 20 + index);
        answers.push(
          ...(await Promise.all(asked.map((client) => ask(port, 'GET', `/?client=${client}`)))),
        );
      }
      return answers;
    };
    const counts = (answers: readonly Answer[], among: readonly Pod[]): number[] =>
      among.map(({ name }) => answers.filter(({ pod }) => pod === name).length);

    const before = await spread(0);
    expect(chiSquare(counts(before, alive))).toBeLessThan(oneInAMillion(4));

    // One leaves, and another comes.
    const [newcomer] = await pods(['f']);
    const next = [...alive.slice(1), ...(newcomer ? [newcomer] : [])];
    app.update(manifestsOf(next, annotations));
    const after = await spread(0);
    expect(chiSquare(counts(after, next))).toBeLessThan(oneInAMillion(4));
  });
});

async function inMood(pod: Pod, mood: Mood, milliseconds: number): Promise<void> {
  pod.mood = mood;
  await setTimeout(milliseconds);
  pod.mood = 'well';
}
