import type { Provision } from '@portolan/control-plane';
import type { Node, Service } from '@portolan/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { cloudflareLoadBalancers, formatPlan } from '../src/index.ts';
import type { CloudflareLoadBalancers, Plan } from '../src/index.ts';
import { node, NODES, providerOf, web } from './services.ts';
import { ACCOUNT, startStandIn, TOKEN, ZONE } from './stand-in/stand-in.ts';
import type { StandIn } from './stand-in/stand-in.ts';

let standIn: StandIn;
let provider: CloudflareLoadBalancers;

beforeEach(async () => {
  standIn = await startStandIn();
  provider = providerOf(standIn);
});
afterEach(async () => {
  await standIn.close();
});

const never = new AbortController().signal;

async function ensure(service: Service, nodes: readonly Node[] = NODES): Promise<Provision> {
  return await provider.ensure({ service, nodes, signal: never });
}

async function release(service: Service): Promise<void> {
  await provider.release({ service, signal: never });
}

/** The calls that wrote, since the last time they were asked for. */
function writes(): string[] {
  const seen = standIn.seen.splice(0);
  return seen
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.split('/')[path.includes('accounts') ? 4 : 3]}`);
}

function everything(): unknown[] {
  return Object.values(standIn.state).flatMap((items) => [...items.values()]);
}

describe('a Service with a host name', () => {
  it('has a monitor, a pool of the nodes and a proxied load balancer, and then its host name', async () => {
    const provision = await ensure(web());
    expect(provision).toEqual({
      ingress: [{ hostname: 'shop.example.com', ports: [{ port: 80, protocol: 'TCP' }] }],
    });
    expect(writes()).toEqual(['POST monitors', 'POST pools', 'POST load_balancers']);
    const [monitor] = standIn.state.monitors.values();
    const [pool] = standIn.state.pools.values();
    const [balancer] = standIn.state.load_balancers.values();
    expect(monitor).toMatchObject({ type: 'tcp', port: 30_080 });
    expect(monitor).toMatchObject({ description: 'portolan/default/shop/web/80' });
    expect(pool).toMatchObject({
      name: 'portolan_default_shop_web_80',
      description: 'portolan/default/shop/web/80',
      monitor: monitor?.id,
      origins: [
        { name: 'a', address: '203.0.113.1', port: 30_080, weight: 1, enabled: true },
        { name: 'b', address: '203.0.113.2', port: 30_080, weight: 1, enabled: true },
      ],
    });
    expect(balancer).toMatchObject({
      name: 'shop.example.com',
      description: 'portolan/default/shop/web',
      proxied: true,
      default_pools: [pool?.id],
      fallback_pool: pool?.id,
      session_affinity: 'none',
    });
  });

  it('is left as it is by a second run', async () => {
    await ensure(web());
    writes();
    await ensure(web());
    expect(writes()).toEqual([]);
  });

  it('has its pool updated, and nothing else, when a node comes', async () => {
    await ensure(web());
    standIn.seen.splice(0);
    await ensure(web(), [...NODES, node('c', '203.0.113.3')]);
    const changed = standIn.seen.filter(({ method }) => method !== 'GET');
    expect(changed).toHaveLength(1);
    expect(changed[0]).toMatchObject({
      method: 'PATCH',
      body: { origins: [{}, {}, { name: 'c' }] },
    });
    expect(Object.keys(Object(changed[0]?.body))).toEqual(['origins']);
  });

  it('keeps what somebody has set by hand and we do not decide about', async () => {
    await ensure(web());
    for (const monitor of standIn.state.monitors.values()) {
      standIn.state.monitors.set(monitor.id, { ...monitor, interval: 15 });
    }
    writes();
    await ensure(web());
    expect(writes()).toEqual([]);
    expect([...standIn.state.monitors.values()]).toMatchObject([{ interval: 15 }]);
  });

  it('has what somebody has changed by hand set right', async () => {
    await ensure(web());
    for (const balancer of standIn.state.load_balancers.values()) {
      standIn.state.load_balancers.set(balancer.id, { ...balancer, enabled: false });
    }
    writes();
    await ensure(web());
    expect(writes()).toEqual(['PATCH load_balancers']);
  });

  it('with externalTrafficPolicy Local is monitored at its health check node port, the new monitor in use before the old one goes', async () => {
    await ensure(web());
    writes();
    await ensure(web({ externalTrafficPolicy: 'Local', healthCheckNodePort: 31_000 }));
    expect(writes()).toEqual(['POST monitors', 'PATCH pools', 'DELETE monitors']);
    expect([...standIn.state.monitors.values()]).toMatchObject([
      { type: 'http', port: 31_000, path: '/healthz', expected_codes: '200' },
    ]);
  });

  it('moves to another host name by a new load balancer before the old one goes', async () => {
    await ensure(web());
    writes();
    const moved = web({}, { 'portolan.dev/load-balancer-hostname': 'new.example.com' });
    expect((await ensure(moved)).ingress).toMatchObject([{ hostname: 'new.example.com' }]);
    expect(writes()).toEqual(['POST load_balancers', 'DELETE load_balancers']);
  });

  it('has CNAME records for further names, created, pointed elsewhere and removed', async () => {
    const aliases = { 'portolan.dev/load-balancer-aliases': 'www.example.com, buy.example.com' };
    await ensure(web({}, aliases));
    expect([...standIn.state.dns_records.values()]).toMatchObject([
      { name: 'buy.example.com', type: 'CNAME', content: 'shop.example.com', proxied: true },
      { name: 'www.example.com', type: 'CNAME', content: 'shop.example.com', proxied: true },
    ]);
    writes();
    await ensure(
      web(
        {},
        {
          'portolan.dev/load-balancer-hostname': 'new.example.com',
          'portolan.dev/load-balancer-aliases': 'www.example.com',
        },
      ),
    );
    expect(writes()).toEqual([
      'POST load_balancers',
      'PATCH dns_records',
      'DELETE dns_records',
      'DELETE load_balancers',
    ]);
    expect([...standIn.state.dns_records.values()]).toMatchObject([
      { name: 'www.example.com', content: 'new.example.com', comment: 'portolan/default/shop/web' },
    ]);
  });

  it('loses all that it had when it asks for what Cloudflare can not keep', async () => {
    await ensure(web());
    const provision = await ensure(web({ loadBalancerSourceRanges: ['198.51.100.0/24'] }));
    expect(provision).toMatchObject({
      ingress: [],
      refusal: { reason: 'SourceRangesNotSupported' },
    });
    expect(everything()).toEqual([]);
  });
});

describe('a host name that somebody else has', () => {
  it.each(['A', 'AAAA', 'CNAME'])('by a record of type %s is refused', async (type) => {
    standIn.add('dns_records', { name: 'shop.example.com', type, content: 'x', ttl: 1 });
    const before = everything();
    expect(await ensure(web())).toEqual({
      ingress: [],
      refusal: {
        reason: 'HostnameTaken',
        message: `shop.example.com is left alone: a record of type ${type} of somebody else has it.`,
      },
    });
    expect(everything()).toEqual(before);
  });

  it('by a record that a load balancer takes nothing from is given', async () => {
    standIn.add('dns_records', { name: 'shop.example.com', type: 'TXT', content: 'x', ttl: 1 });
    expect((await ensure(web())).ingress).toHaveLength(1);
  });

  it('by a load balancer is refused, also by one of another control plane of ours', async () => {
    await providerOf(standIn, { owner: 'other' }).ensure({
      service: web(),
      nodes: NODES,
      signal: never,
    });
    const before = everything();
    expect(await ensure(web())).toMatchObject({
      ingress: [],
      refusal: { reason: 'HostnameTaken' },
    });
    await release(web());
    expect(everything()).toEqual(before);
  });

  it('is kept where our load balancer has it already and a record comes beside it', async () => {
    await ensure(web());
    standIn.add('dns_records', { name: 'shop.example.com', type: 'A', content: 'x', ttl: 1 });
    writes();
    expect((await ensure(web())).ingress).toHaveLength(1);
    expect(writes()).toEqual([]);
  });

  it('among the further names is left alone, and the others are given', async () => {
    standIn.add('dns_records', { name: 'www.example.com', type: 'A', content: 'x', ttl: 1 });
    const aliases = { 'portolan.dev/load-balancer-aliases': 'www.example.com,buy.example.com' };
    expect(await ensure(web({}, aliases))).toMatchObject({
      ingress: [{ hostname: 'shop.example.com' }],
      refusal: { reason: 'HostnameTaken' },
    });
    expect([...standIn.state.dns_records.values()].map(({ name, type }) => [name, type])).toEqual([
      ['www.example.com', 'A'],
      ['buy.example.com', 'CNAME'],
    ]);
  });
});

describe('release', () => {
  it('removes what points at something before that', async () => {
    const service = web({}, { 'portolan.dev/load-balancer-aliases': 'www.example.com' });
    await ensure(service);
    writes();
    await release(service);
    expect(writes()).toEqual([
      'DELETE dns_records',
      'DELETE load_balancers',
      'DELETE pools',
      'DELETE monitors',
    ]);
    expect(everything()).toEqual([]);
  });

  it('needs nothing of what the Service asked for', async () => {
    await ensure(web());
    const { metadata } = web();
    await release({
      ...web(),
      metadata: { namespace: metadata.namespace, name: metadata.name },
      spec: {},
    });
    expect(everything()).toEqual([]);
  });

  it('of what is half gone removes the rest', async () => {
    await ensure(web());
    standIn.state.load_balancers.clear();
    standIn.state.pools.clear();
    await release(web());
    expect(everything()).toEqual([]);
  });

  it('of what somebody else deletes at the same moment is content', async () => {
    await ensure(web());
    standIn.fault = ({ method, path }) => {
      if (method === 'DELETE' && path.includes('/load_balancers/'))
        standIn.state.load_balancers.clear();
      return undefined;
    };
    await release(web());
    expect(everything()).toEqual([]);
  });

  it('of what was never there writes nothing', async () => {
    await release(web());
    expect(writes()).toEqual([]);
  });
});

describe('a call that fails', () => {
  it.each([429, 500, 503])('with %i is tried again by the client', async (status) => {
    let left = 2;
    standIn.fault = ({ method, path }) =>
      method === 'POST' && path.endsWith('/pools') && left-- > 0
        ? { answer: status, retryAfter: '0' }
        : undefined;
    expect((await ensure(web())).ingress).toHaveLength(1);
  });

  it('is not waited for longer than a minute', async () => {
    standIn.fault = () => ({ answer: 429, retryAfter: '3600' });
    await expect(ensure(web())).rejects.toThrow('429');
    standIn.fault = undefined;
    expect((await ensure(web())).ingress).toHaveLength(1);
  });

  it('says what was done before, and never the token', async () => {
    standIn.fault = ({ method, path }) =>
      method === 'POST' && path.endsWith('/load_balancers') ? { answer: 403 } : undefined;
    await expect(ensure(web())).rejects.toThrow(
      'Cloudflare: + load balancer shop.example.com: 403: scripted (1002) (done: + monitor portolan/default/shop/web/80: tcp 30080; + pool portolan_default_shop_web_80: a 203.0.113.1:30080, b 203.0.113.2:30080)',
    );
  });

  it('says nothing of a token that is refused', async () => {
    const other = 'another-token-that-nobody-may-read';
    const error = await providerOf(standIn, { apiToken: other })
      .ensure({ service: web(), nodes: NODES, signal: never })
      .catch((reason: unknown) => reason);
    expect(String(error)).toContain('401: Authentication error');
    expect(String(error)).not.toContain(other);
  });

  it('with an answer that breaks in the middle is tried again', async () => {
    let isFirst = true;
    standIn.fault = ({ path }) => {
      if (!isFirst || !path.endsWith('/pools')) return undefined;
      isFirst = false;
      return { cut: 'in the middle of the answer' };
    };
    expect((await ensure(web())).ingress).toHaveLength(1);
  });

  it('after the deed leaves no second monitor', async () => {
    let isFirst = true;
    standIn.fault = ({ method, path }) => {
      if (!isFirst || method !== 'POST' || !path.endsWith('/monitors')) return undefined;
      isFirst = false;
      return { cut: 'after it is done' };
    };
    await ensure(web());
    expect(standIn.state.monitors.size).toBe(1);
  });

  it('that hangs ends with the time limit', async () => {
    provider = providerOf(standIn, { timeout: 50, maxRetries: 0 });
    standIn.fault = ({ path }) => (path.endsWith('/pools') ? { hang: true } : undefined);
    await expect(ensure(web())).rejects.toThrow('timed out');
  });

  it('that hangs ends when nobody waits for it any more', async () => {
    const controller = new AbortController();
    standIn.fault = ({ method }) => {
      if (method !== 'POST') return undefined;
      controller.abort(new Error('the control plane stops'));
      return { hang: true };
    };
    await expect(
      provider.ensure({ service: web(), nodes: NODES, signal: controller.signal }),
    ).rejects.toThrow('the control plane stops');
  });

  it('ends also while the client waits to try again', async () => {
    const controller = new AbortController();
    standIn.fault = () => {
      setTimeout(() => controller.abort(new Error('the control plane stops')), 10);
      return { answer: 429, retryAfter: '5' };
    };
    await expect(
      provider.ensure({ service: web(), nodes: NODES, signal: controller.signal }),
    ).rejects.toThrow('the control plane stops');
  });
});

describe('something else that keeps changing what is ours', () => {
  it('is an error that names the change', async () => {
    await ensure(web());
    standIn.fault = ({ method }) => {
      if (method === 'GET') {
        for (const pool of standIn.state.pools.values()) {
          standIn.state.pools.set(pool.id, { ...pool, enabled: false });
        }
      }
      return undefined;
    };
    await expect(ensure(web())).rejects.toThrow(
      'Cloudflare: shop/web does not settle, something else changes it: ~ pool portolan_default_shop_web_80: enabled',
    );
  });
});

describe('a plan', () => {
  it('is data and text, and only reads', async () => {
    await ensure(web({}, { 'portolan.dev/load-balancer-aliases': 'www.example.com' }));
    writes();
    const service = web({
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 31_000,
      sessionAffinity: 'ClientIP',
      ports: [
        { name: 'http', port: 80, nodePort: 30_080 },
        { name: 'dns', port: 53, protocol: 'UDP', nodePort: 30_053 },
      ],
    });
    const plan = await provider.plan({ service, nodes: NODES, signal: never });
    expect(writes()).toEqual([]);
    expect(structuredClone(plan)).toEqual(plan);
    expect(formatPlan(plan)).toBe(
      [
        'shop/web',
        '  + monitor portolan/default/shop/web/80: http 31000 /healthz',
        '  ~ pool portolan_default_shop_web_80: monitor',
        '  ~ load balancer shop.example.com: session_affinity, session_affinity_ttl',
        '  - DNS record www.example.com',
        '  - monitor portolan/default/shop/web/80',
        '  ! ProtocolNotSupported: Port 53: Cloudflare Load Balancing carries no UDP; Spectrum is another product.',
      ].join('\n'),
    );
  });

  it('is all that a dry run makes: nothing is written and no address given', async () => {
    const plans: Plan[] = [];
    const dry = providerOf(standIn, { dryRun: true, onPlan: (plan) => plans.push(plan) });
    expect(await dry.ensure({ service: web(), nodes: NODES, signal: never })).toMatchObject({
      ingress: [],
      refusal: { reason: 'DryRun' },
    });
    expect(everything()).toEqual([]);
    await ensure(web());
    writes();
    await dry.release({ service: web(), signal: never });
    expect(writes()).toEqual([]);
    expect(plans.map(({ changes }) => changes.map(({ action }) => action))).toEqual([
      ['create', 'create', 'create'],
      ['delete', 'delete', 'delete'],
    ]);
  });

  it('is told before it is carried out', async () => {
    const plans: Plan[] = [];
    provider = providerOf(standIn, { onPlan: (plan) => plans.push(plan) });
    await ensure(web());
    await ensure(web());
    expect(plans.map(({ service }) => service)).toEqual(['shop/web']);
  });
});

describe('options', () => {
  const access = { accountID: ACCOUNT, zoneID: ZONE, apiToken: TOKEN };
  it('with an owner that is no DNS label are refused', () => {
    expect(() => cloudflareLoadBalancers({ ...access, owner: 'a/b' })).toThrow(TypeError);
  });
  it('with a token that can not be sent are refused without telling it', () => {
    expect(() => cloudflareLoadBalancers({ ...access, apiToken: `${TOKEN}\n` })).toThrow(
      'apiToken must be visible ASCII characters, without spaces',
    );
  });
});
