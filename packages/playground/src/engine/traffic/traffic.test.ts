import { compileWithStandIns } from '@portolan/compile';
import { findService, type Snapshot } from '@portolan/engine';
import type { DescribedRequest } from '@portolan/explain';
import { describe, expect, it } from 'vitest';

import type { Sent } from '../../protocol/report.ts';
import type { PodState } from '../../scenario/scenario.ts';
import { createTraffic, type Traffic } from './traffic.ts';

const deployment = (name: string, replicas: number): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: web, image: none, ports: [{ containerPort: 8080 }] }] }
---`;

const service = (name: string, { annotations = '', spec = '' } = {}): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop, annotations: { ${annotations} } }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }], ${spec} }
---`;

const NODES = ['a', 'b'].map(
  (name) => `
apiVersion: v1
kind: Node
metadata: { name: node-${name}, labels: { topology.kubernetes.io/zone: zone-${name} } }
---`,
);

const INGRESS = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
          - { path: /mine, pathType: Prefix, backend: { service: { name: mine, port: { number: 80 } } } }
          - { path: /cookie, pathType: Prefix, backend: { service: { name: cookie, port: { number: 80 } } } }
          - { path: /none, pathType: Prefix, backend: { service: { name: gone, port: { number: 80 } } } }
---`;

const manifests = (replicas: number): string =>
  [
    INGRESS,
    ...NODES,
    service('web', {
      annotations: "portolan.dev/ejection-failures: '2', portolan.dev/ejection-time: 5s",
    }),
    service('mine', { spec: 'sessionAffinity: ClientIP' }),
    service('cookie', { annotations: 'portolan.dev/affinity-cookie: seat' }),
    service('near', { spec: 'trafficDistribution: PreferSameZone' }),
    deployment('web', replicas),
  ].join('');

const snapshotOf = (replicas: number): Snapshot =>
  compileWithStandIns(manifests(replicas)).compiled.snapshot;

/** Traffic, and hands on its clock. */
class Scene {
  snapshot: Snapshot;
  request: DescribedRequest | undefined = { url: 'http://shop.example/' };
  readonly states = new Map<string, PodState>();
  readonly reports: (readonly Sent[])[] = [];
  readonly traffic: Traffic;
  interval = 0;
  #now = 1_000_000;
  #run: (() => Promise<void>) | undefined;
  #seed = 7;

  constructor(replicas = 4) {
    this.snapshot = snapshotOf(replicas);
    this.traffic = createTraffic({
      snapshot: () => this.snapshot,
      request: () => this.request,
      stateOf: (key) => this.states.get(key),
      cardOf: ({ target }) => `${target?.namespace}/${target?.name}`,
      random: () => {
        this.#seed = (this.#seed * 16807) % 2147483647;
        return this.#seed / 2147483647;
      },
      tell: (sent) => this.reports.push(sent),
      clock: {
        now: () => this.#now,
        every: (milliseconds, run) => {
          this.interval = milliseconds;
          this.#run = run;
          return () => {
            this.#run = undefined;
          };
        },
      },
    });
  }

  get pods(): readonly string[] {
    const { ports = [] } = findService(this.snapshot, 'shop/web') ?? {};
    return ports.flatMap(({ endpoints }) =>
      endpoints.map(({ target }) => `${target?.namespace}/${target?.name}`),
    );
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** Lets so many rounds pass, with all that comes of them; and says what was sent. */
  async rounds(count: number, length = 100): Promise<readonly Sent[]> {
    const before = this.reports.length;
    for (let each = 0; each < count; each += 1) {
      this.#now += length;
      // oxlint-disable-next-line no-await-in-loop -- one round after the other
      await this.#run?.();
    }
    return this.reports.slice(before).flat();
  }
}

const answeredBy = (sent: readonly Sent[]): ReadonlySet<string | undefined> =>
  new Set(sent.map(({ tried }) => tried.at(-1)));

describe('traffic', () => {
  it('is as many requests a second as are wanted, told ten times a second', async () => {
    const scene = new Scene();
    scene.traffic.setRate(20);
    const sent = await scene.rounds(30);
    expect(sent).toHaveLength(61);
    expect(scene.interval).toBe(100);
    expect(scene.reports).toHaveLength(30);
    expect(sent.every(({ status, tried }) => status === 200 && tried.length === 1)).toBe(true);
    expect(answeredBy(sent)).toEqual(new Set(scene.pods));
  });

  it('may be one request a second, the first of them at once', async () => {
    const scene = new Scene();
    scene.traffic.setRate(1);
    expect(await scene.rounds(1)).toHaveLength(1);
    expect(await scene.rounds(8)).toHaveLength(0);
    expect(await scene.rounds(1)).toHaveLength(1);
  });

  it('is 50 requests a second at most, and makes up for one second where it was held up', async () => {
    const scene = new Scene();
    scene.traffic.setRate(1_000);
    expect(await scene.rounds(10)).toHaveLength(51);
    expect(await scene.rounds(1, 60_000)).toHaveLength(50);
  });

  it('ends with a rate of 0, and for good when it is closed', async () => {
    const scene = new Scene();
    scene.traffic.setRate(50);
    await scene.rounds(1);
    scene.traffic.setRate(0);
    expect(scene.isRunning).toBe(false);
    scene.traffic.setRate(50);
    expect(await scene.rounds(1)).not.toEqual([]);
    scene.traffic.close();
    expect(scene.isRunning).toBe(false);
    scene.traffic.setRate(50);
    expect(scene.isRunning).toBe(false);
  });

  it.each([undefined, { url: 'shop.example' }, { url: 'http://shop.example/', method: 'a b' }])(
    'is none where the request is %j',
    async (request) => {
      const scene = new Scene();
      scene.request = request;
      scene.traffic.setRate(50);
      expect(await scene.rounds(3)).toEqual([]);
    },
  );

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'])(
    'may be of the method %s',
    async (method) => {
      const scene = new Scene();
      scene.request = { url: 'http://shop.example/', method };
      scene.traffic.setRate(10);
      const [sent] = await scene.rounds(1);
      expect(sent).toMatchObject({ status: 200, tried: [expect.stringContaining('shop/web-')] });
    },
  );

  it('says why the proxy answered itself', async () => {
    const scene = new Scene();
    scene.traffic.setRate(10);
    for (const [url, status, reason] of [
      ['http://shop.example/none', 503, 'BackendNotFound'],
      ['http://other.example/', 404, 'NoMatchingRoute'],
    ] as const) {
      scene.request = { url };
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await scene.rounds(1)).toContainEqual({ status, reason, tried: [] });
    }
  });

  it('goes by the Host field, and answers one that no URL can have', async () => {
    const scene = new Scene();
    scene.request = { url: 'http://192.0.2.1/', headers: { host: 'shop.example' } };
    scene.traffic.setRate(10);
    expect(await scene.rounds(1)).toContainEqual(expect.objectContaining({ status: 200 }));
    scene.request = { url: 'http://192.0.2.1/', headers: { host: 'a b' } };
    expect(await scene.rounds(1)).toContainEqual(expect.objectContaining({ status: 400 }));
  });
});

describe('a Pod', () => {
  it.each(['GET', 'POST'])(
    'that refuses connections has others asked, and is then left alone: %s',
    async (method) => {
      const scene = new Scene();
      const [refusing = ''] = scene.pods;
      scene.states.set(refusing, 'refusing');
      scene.request = { url: 'http://shop.example/', method };
      scene.traffic.setRate(50);
      const first = await scene.rounds(10);
      expect(first.every(({ status }) => status === 200)).toBe(true);
      const again = first.filter(({ tried }) => tried.length > 1);
      expect(again.every(({ tried }) => tried[0] === refusing)).toBe(true);
      expect(again.length).toBeGreaterThanOrEqual(2);
      const then = await scene.rounds(10);
      expect(then.some(({ tried }) => tried.includes(refusing))).toBe(false);
    },
  );

  it('that was left alone is tried again after its time, and answers if it is well', async () => {
    const scene = new Scene();
    const [refusing = ''] = scene.pods;
    scene.states.set(refusing, 'refusing');
    scene.traffic.setRate(50);
    await scene.rounds(10);
    scene.states.clear();
    expect(answeredBy(await scene.rounds(10))).not.toContain(refusing);
    await scene.rounds(1, 6_000);
    expect(answeredBy(await scene.rounds(10))).toContain(refusing);
  });

  it('that is left alone stays so over another Snapshot, which is served at once', async () => {
    const scene = new Scene();
    const [refusing = ''] = scene.pods;
    scene.states.set(refusing, 'refusing');
    scene.traffic.setRate(50);
    await scene.rounds(10);
    scene.snapshot = snapshotOf(5);
    scene.traffic.swap(scene.snapshot);
    const sent = await scene.rounds(10);
    expect(answeredBy(sent).size).toBe(4);
    expect(sent.some(({ tried }) => tried.includes(refusing))).toBe(false);
  });

  it('that fails answers 503 if it is asked all the same', async () => {
    const scene = new Scene(1);
    scene.states.set(scene.pods[0] ?? '', 'failing');
    scene.traffic.setRate(10);
    expect(await scene.rounds(1)).toContainEqual({ status: 503, tried: scene.pods });
  });

  it('alone that refuses is the end of the request', async () => {
    const scene = new Scene(1);
    scene.states.set(scene.pods[0] ?? '', 'refusing');
    scene.traffic.setRate(10);
    const [sent] = await scene.rounds(1);
    expect(sent).toMatchObject({ status: 502, reason: 'UpstreamUnreachable' });
  });
});

describe('a client', () => {
  it('stays with its Pod where its address says so, and there are many', async () => {
    const scene = new Scene();
    scene.request = { url: 'http://shop.example/mine', from: '198.51.100.7' };
    scene.traffic.setRate(50);
    expect(answeredBy(await scene.rounds(10)).size).toBe(1);
    scene.request = { url: 'http://shop.example/mine' };
    expect(answeredBy(await scene.rounds(10)).size).toBe(4);
  });

  it('keeps its cookie, unless the request says which it has', async () => {
    const scene = new Scene();
    scene.request = { url: 'http://shop.example/cookie', from: '198.51.100.7' };
    scene.traffic.setRate(10);
    await scene.rounds(1);
    expect(answeredBy(await scene.rounds(20)).size).toBe(1);
    scene.request = { ...scene.request, headers: { cookie: 'other=1' } };
    expect(answeredBy(await scene.rounds(20)).size).toBe(4);
  });

  it('comes in at an entrance, a node and a zone', async () => {
    const scene = new Scene();
    const url = 'http://near.shop.svc.cluster.local/';
    scene.traffic.setRate(50);
    scene.request = { url };
    expect(answeredBy(await scene.rounds(2))).toEqual(new Set([undefined]));
    scene.request = { url, entrance: 'internal' };
    expect(answeredBy(await scene.rounds(10)).size).toBe(4);
    const near = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const own = new Scene();
        own.request = { url, entrance: 'internal', node: `node-${name}`, zone: `zone-${name}` };
        own.traffic.setRate(50);
        return answeredBy(await own.rounds(10));
      }),
    );
    const [inA = new Set(), inB = new Set()] = near;
    expect(inA.size + inB.size).toBe(4);
    expect(new Set([...inA, ...inB]).size).toBe(4);
  });
});
