import type { Endpoint } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';
import type { TrafficSettings } from '@portolan/settings';
import { afterEach, describe, expect, it } from 'vitest';

import type { Dialer } from '../dialer/dialer.ts';
import { createEndpointStates } from '../endpoint-state/endpoint-states.ts';
import { startHealthChecks, type HealthCheckOptions, type HealthChecks } from './health-check.ts';
import type { HealthReport } from './health-report.ts';

/** Time that passes only when it is told to. */
class Clock {
  now = 0;
  private sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  sleep: NonNullable<HealthCheckOptions['sleep']> = (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper = { until: this.now + milliseconds, wake: resolve };
      this.sleepers.push(sleeper);
      signal.addEventListener('abort', () => {
        this.sleepers = this.sleepers.filter((each) => each !== sleeper);
        resolve();
      });
    });

  /** How many sleep. */
  get size(): number {
    return this.sleepers.length;
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    await settled();
    for (;;) {
      const [next] = this.sleepers.toSorted((one, other) => one.until - other.until);
      if (next === undefined || next.until > end) break;
      this.now = next.until;
      this.sleepers = this.sleepers.filter((each) => each !== next);
      next.wake();
      await settled();
    }
    this.now = end;
  }
}

/** Everything that does not wait for time has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

function endpoint(last: number): Endpoint {
  return {
    address: `10.0.0.${last}`,
    addressType: 'IPv4',
    port: 8080,
    ready: true,
    serving: true,
    terminating: false,
  };
}

const PORT = 'shop/cart:80';
const [a, b] = [endpoint(1), endpoint(2)];
const SETTINGS: TrafficSettings = {
  healthPath: '/healthz',
  healthInterval: 5000,
  healthTimeout: 700,
};

function snapshotOf(
  endpoints: readonly Endpoint[],
  settings: TrafficSettings = SETTINGS,
): Pick<Snapshot, 'services'> {
  const port = { name: '', port: 80, protocol: 'TCP', endpoints } as const;
  const service = { namespace: 'shop', name: 'cart', ports: [port], ipFamilies: [], settings };
  return { services: [{ 'shop/cart': service }] };
}

type Answer = number | 'hang' | 'refuse';

let running: HealthChecks | undefined;
afterEach(() => running?.close());

/** Endpoints of which the first is `a`, checked every 5 seconds. */
function scene(parts: Partial<HealthCheckOptions> = {}) {
  const clock = new Clock();
  const states = createEndpointStates();
  const reports: HealthReport[] = [];
  const asked: { readonly url: string; readonly at: number }[] = [];
  const underWay = new Map<string, number>();
  const seen = { atOnce: 0, answer: 200 as Answer, snapshot: snapshotOf([a]) };

  async function answer(request: Request): Promise<Response> {
    if (seen.answer === 'refuse') throw new TypeError('connection refused');
    if (seen.answer !== 'hang') return new Response(null, { status: seen.answer });
    return new Promise((_, reject) => {
      request.signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    });
  }

  const dialer: Dialer = {
    name: 'test',
    dial: ({ endpoint: { address, port } }) => ({
      base: `http://${address}:${port}`,
      keepsHost: true,
      upgrades: 'none',
      fetch: async (request) => {
        asked.push({ url: request.url, at: clock.now });
        const now = (underWay.get(address) ?? 0) + 1;
        underWay.set(address, now);
        seen.atOnce = Math.max(seen.atOnce, now);
        try {
          return await answer(request);
        } finally {
          underWay.set(address, (underWay.get(address) ?? 0) - 1);
        }
      },
    }),
  };
  running = startHealthChecks({
    snapshot: () => seen.snapshot,
    dialers: [dialer],
    states,
    report: (report) => reports.push(report),
    random: () => 0,
    sleep: clock.sleep,
    ...parts,
  });
  return {
    clock,
    states,
    reports,
    asked,
    seen,
    checks: running,
    at: (address: Endpoint) => states.unavailability(PORT, address),
  };
}

describe('active health checks', () => {
  it('ask each endpoint at its interval', async () => {
    const { clock, asked } = scene();
    await clock.pass(10_000);
    const url = 'http://10.0.0.1:8080/healthz';
    expect(asked).toEqual([0, 5000, 10_000].map((at) => ({ url, at })));
  });

  it('spread over the interval, and then come a little sooner each', async () => {
    const { clock, asked } = scene({ random: () => 0.5 });
    await clock.pass(12_000);
    expect(asked.map(({ at }) => at)).toEqual([2500, 7250, 12_000]);
  });

  it('call an endpoint unhealthy after bad checks in a row, and healthy again after good ones', async () => {
    const { clock, seen, at, reports } = scene();
    const found = [];
    for (const answer of [
      200,
      500,
      500,
      200,
      500,
      404,
      'refuse',
      200,
      500,
      302,
      204,
      500,
    ] as const) {
      seen.answer = answer;
      await clock.pass(found.length === 0 ? 0 : 5000);
      found.push(at(a) ?? 'ok');
    }
    const bad = 'Unhealthy';
    expect(found.join()).toBe(
      ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', bad, bad, bad, bad, 'ok', 'ok'].join(),
    );
    expect(reports).toEqual([
      {
        port: PORT,
        endpoint: '10.0.0.1:8080',
        reason: 'Unhealthy',
        message: '/healthz: connection refused',
      },
      {
        port: PORT,
        endpoint: '10.0.0.1:8080',
        reason: 'Healthy',
        message: '/healthz answers 204',
      },
    ]);
  });

  it.each([
    [200, undefined],
    [399, undefined],
    [400, 'Unhealthy'],
    [503, 'Unhealthy'],
  ] as const)('find an endpoint that answers %i %s', async (status, expected) => {
    const { clock, seen, at } = scene({ settings: { defaults: { unhealthyThreshold: 1 } } });
    seen.answer = status;
    await clock.pass(0);
    expect(at(a)).toBe(expected);
  });

  it('take no answer in time for a bad one', async () => {
    const { clock, seen, at, reports } = scene({
      settings: { defaults: { unhealthyThreshold: 1 } },
    });
    seen.answer = 'hang';
    await clock.pass(699);
    expect(at(a)).toBeUndefined();
    await clock.pass(1);
    expect(at(a)).toBe('Unhealthy');
    expect(reports).toMatchObject([{ message: '/healthz: no answer within 700 ms' }]);
  });

  it('never ask an endpoint twice at once, however long it takes', async () => {
    const { clock, seen, asked } = scene();
    seen.snapshot = snapshotOf([a], { ...SETTINGS, healthInterval: 100, healthTimeout: 450 });
    seen.answer = 'hang';
    await clock.pass(2000);
    expect(seen.atOnce).toBe(1);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('follow endpoints as they come and go', async () => {
    const { clock, seen, asked, at } = scene({ settings: { defaults: { unhealthyThreshold: 1 } } });
    seen.answer = 500;
    await clock.pass(0);
    expect(at(a)).toBe('Unhealthy');

    seen.snapshot = snapshotOf([b]);
    await clock.pass(1000);
    expect([at(a), at(b)]).toEqual([undefined, 'Unhealthy']);
    asked.length = 0;
    await clock.pass(5000);
    expect(asked).toEqual([{ url: 'http://10.0.0.2:8080/healthz', at: 6000 }]);
  });

  it('go on as they were where a Snapshot changes something else', async () => {
    const { clock, seen, asked, at } = scene();
    seen.answer = 500;
    await clock.pass(5000);
    seen.snapshot = snapshotOf([a, b], { ...SETTINGS, retries: 0 });
    await clock.pass(5000);
    expect(asked.filter(({ url }) => url.includes('10.0.0.1'))).toHaveLength(3);
    expect(at(a)).toBe('Unhealthy');
  });

  it('begin anew where the checks are set otherwise', async () => {
    const { clock, seen, asked, at } = scene({ settings: { defaults: { unhealthyThreshold: 1 } } });
    seen.answer = 500;
    await clock.pass(0);
    seen.answer = 200;
    seen.snapshot = snapshotOf([a], { ...SETTINGS, healthPath: '/live' });
    await clock.pass(1000);
    expect(at(a)).toBeUndefined();
    expect(asked.at(-1)).toEqual({ url: 'http://10.0.0.1:8080/live', at: 1000 });
  });

  it('end where healthPath is taken away, and nobody is unhealthy any more', async () => {
    const { clock, seen, at, asked } = scene({ settings: { defaults: { unhealthyThreshold: 1 } } });
    seen.answer = 500;
    await clock.pass(0);
    seen.snapshot = snapshotOf([a], {});
    await clock.pass(20_000);
    expect(at(a)).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('tell again of an endpoint that states have forgotten', async () => {
    const { clock, seen, states, at } = scene({
      settings: { defaults: { unhealthyThreshold: 1 } },
    });
    seen.answer = 500;
    await clock.pass(0);
    states.retain({ services: [] });
    expect(at(a)).toBeUndefined();
    await clock.pass(5000);
    expect(at(a)).toBe('Unhealthy');
  });

  it('leave an endpoint that no dialer reaches as it is, and report it once', async () => {
    const unable: Dialer = {
      name: 'unable',
      dial: () => ({ unreachable: 'AddressNotAllowed', message: 'not from here' }),
    };
    const { clock, reports, at } = scene({
      dialers: [unable],
      settings: { defaults: { unhealthyThreshold: 1 } },
    });
    await clock.pass(20_000);
    expect(at(a)).toBeUndefined();
    expect(reports).toEqual([
      {
        port: PORT,
        endpoint: '10.0.0.1:8080',
        reason: 'Unreachable',
        message: 'unable: not from here',
      },
    ]);
  });

  it('end when they are closed, with the one under way, and nobody is unhealthy any more', async () => {
    const { clock, seen, states, checks, asked } = scene({
      settings: { defaults: { unhealthyThreshold: 1 } },
    });
    seen.answer = 500;
    await clock.pass(0);
    seen.answer = 'hang';
    await clock.pass(5000);
    await checks.close();
    expect(states.list()).toEqual([]);
    expect(clock.size).toBe(0);
    await clock.pass(20_000);
    expect(asked).toHaveLength(2);
  });
});
