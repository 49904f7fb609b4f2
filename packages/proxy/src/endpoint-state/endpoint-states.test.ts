import type { Endpoint } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';
import { DEFAULT_SETTINGS, type TrafficSettings } from '@portolan/settings';
import { describe, expect, it } from 'vitest';

import type { Attempt, EndpointStateStore } from './endpoint-state-store.ts';
import { createEndpointStates } from './endpoint-states.ts';

const PORT = 'shop/cart:80';

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

const [a, b, c, d] = [endpoint(1), endpoint(2), endpoint(3), endpoint(4)] as const;
const ALL = [a, b, c, d];

const SETTINGS: TrafficSettings = { ejectionFailures: 2, ejectionTime: 100 };

interface Scene {
  readonly states: EndpointStateStore;
  readonly wait: (milliseconds: number) => void;
  readonly begin: (endpoint: Endpoint) => Attempt;
  /** So many failures, one after the other. */
  readonly fail: (endpoint: Endpoint, times?: number) => void;
  readonly succeed: (endpoint: Endpoint) => void;
  readonly unavailability: (endpoint: Endpoint) => string | undefined;
  /** For how long the endpoint is ejected from now on. */
  readonly remaining: (endpoint: Endpoint) => number | undefined;
}

function scene(settings: TrafficSettings = {}, endpoints: readonly Endpoint[] = ALL): Scene {
  let time = 1_000_000;
  const states = createEndpointStates({ now: () => time });
  const resolved = { ...DEFAULT_SETTINGS, ...SETTINGS, ...settings };
  const begin = (at: Endpoint): Attempt => states.begin(PORT, at, resolved, endpoints);
  return {
    states,
    wait: (milliseconds) => {
      time += milliseconds;
    },
    begin,
    fail: (at, times = 1) => {
      for (let made = 0; made < times; made += 1) {
        const attempt = begin(at);
        attempt.failed();
        attempt.ended();
      }
    },
    succeed: (at) => {
      const attempt = begin(at);
      attempt.answered(200);
      attempt.ended();
    },
    unavailability: (at) => states.unavailability(PORT, at),
    remaining: (at) => {
      const status = states
        .list()
        .find(({ endpoint: each }) => each === `${at.address}:${at.port}`);
      return status?.ejectedUntil === undefined ? undefined : status.ejectedUntil - time;
    },
  };
}

function snapshotOf(endpoints: readonly Endpoint[]): Pick<Snapshot, 'services'> {
  const port = { name: '', port: 80, protocol: 'TCP', endpoints } as const;
  return {
    services: [
      { 'shop/cart': { namespace: 'shop', name: 'cart', ports: [port], ipFamilies: ['IPv4'] } },
    ],
  };
}

describe('the requests at an endpoint', () => {
  it('are under way from their beginning to their end, and pending until they are answered', () => {
    const { states, begin } = scene();
    const [first, second] = [begin(a), begin(a)];
    expect(states.list()).toMatchObject([{ requests: 2, pending: 2 }]);
    first.answered(200);
    expect(states.list()).toMatchObject([{ requests: 2, pending: 1 }]);
    second.failed();
    expect(states.list()).toMatchObject([{ requests: 2, pending: 0 }]);
    first.ended();
    expect(states.load(PORT, a)).toBe(1);
    second.ended();
    expect(states.load(PORT, a)).toBe(0);
  });

  it('count once, whatever is told twice or too late', () => {
    const { states, begin } = scene();
    const [first, second] = [begin(a), begin(a)];
    first.answered(200);
    first.failed();
    first.ended();
    first.ended();
    first.answered(500);
    expect(states.list()).toMatchObject([{ requests: 1, pending: 1 }]);
    second.ended();
    expect(states.list()).toEqual([]);
  });

  it('are those for one port of one Service, at one address', () => {
    const { states, begin } = scene();
    begin(a);
    expect(states.load(PORT, { ...a })).toBe(1);
    expect(states.load(PORT, b)).toBe(0);
    expect(states.load('shop/cart:81', a)).toBe(0);
  });

  it.each([
    ['maxRequests', (attempt: Attempt) => attempt.ended()],
    ['maxPendingRequests', (attempt: Attempt) => attempt.answered(200)],
  ] as const)('fill it at %s', (limit, makeRoom) => {
    const { begin, unavailability } = scene({ [limit]: 2 });
    const first = begin(a);
    expect(unavailability(a)).toBeUndefined();
    begin(a);
    expect(unavailability(a)).toBe('Full');
    makeRoom(first);
    expect(unavailability(a)).toBeUndefined();
  });

  it('fill it by the limit that came last', () => {
    const { states, begin, unavailability } = scene({ maxRequests: 1 });
    begin(a);
    states.begin(PORT, a, { ...DEFAULT_SETTINGS, maxRequests: 3 }, ALL);
    expect(unavailability(a)).toBeUndefined();
    begin(a);
    expect(unavailability(a)).toBe('Full');
  });

  it('fill it in spite of an ejection, so that nobody takes it for want of another', () => {
    const { begin, fail, unavailability } = scene({ maxRequests: 1 });
    fail(a, 2);
    expect(unavailability(a)).toBe('Ejected');
    begin(a);
    expect(unavailability(a)).toBe('Full');
  });
});

describe('an endpoint', () => {
  it('is ejected after so many failures in a row', () => {
    const { fail, succeed, unavailability } = scene({ ejectionFailures: 3 });
    fail(a, 2);
    succeed(a);
    fail(a, 2);
    expect(unavailability(a)).toBeUndefined();
    fail(a);
    expect(unavailability(a)).toBe('Ejected');
    expect(unavailability(b)).toBeUndefined();
  });

  it.each([
    [200, undefined],
    [404, undefined],
    [500, undefined],
    [501, undefined],
    [502, 'Ejected'],
    [503, 'Ejected'],
    [504, 'Ejected'],
  ])('that answers %i is %s after that', (status, expected) => {
    const { begin, unavailability } = scene({ ejectionFailures: 1 });
    begin(a).answered(status);
    expect(unavailability(a)).toBe(expected);
  });

  it('that clients leave is not ejected, and has not done well either', () => {
    const { begin, fail, unavailability } = scene();
    fail(a);
    for (let left = 0; left < 9; left += 1) begin(a).ended();
    expect(unavailability(a)).toBeUndefined();
    fail(a);
    expect(unavailability(a)).toBe('Ejected');
  });

  it('is never ejected where ejectionFailures is 0', () => {
    const { fail, unavailability } = scene({ ejectionFailures: 0 });
    fail(a, 50);
    expect(unavailability(a)).toBeUndefined();
  });

  it('is ejected for one Service port alone', () => {
    const { states, fail } = scene();
    fail(a, 2);
    expect(states.unavailability('shop/pay:80', a)).toBeUndefined();
  });

  it('is out for longer each time in a row, up to ten times as long', () => {
    const { fail, wait, remaining } = scene();
    fail(a, 2);
    const times = [];
    for (let trial = 0; trial < 7; trial += 1) {
      const time = remaining(a) ?? NaN;
      times.push(time);
      wait(time);
      fail(a);
    }
    expect(times).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
  });

  it.each([
    [0, 800],
    [99, 800],
    [100, 400],
    [200, 200],
    [299, 200],
    [300, 100],
    [9999, 100],
  ])('that has been back for %i ms after three ejections is out for %i ms', (back, expected) => {
    const { fail, succeed, wait, remaining } = scene();
    fail(a, 2);
    for (const time of [100, 200]) {
      wait(time);
      fail(a);
    }
    wait(400);
    succeed(a);
    wait(back);
    fail(a, 2);
    expect(remaining(a)).toBe(expected);
  });

  it('is forgiven after five times its first time, however often it was out', () => {
    const { fail, succeed, wait, remaining } = scene();
    fail(a, 2);
    for (let trial = 0; trial < 20; trial += 1) {
      wait(remaining(a) ?? NaN);
      fail(a);
    }
    wait(1000);
    succeed(a);
    wait(500);
    fail(a, 2);
    expect(remaining(a)).toBe(100);
  });

  it('is not kept out for longer by requests that were under way when it was ejected', () => {
    const { begin, fail, wait, remaining, unavailability } = scene();
    const underWay = [begin(a), begin(a), begin(a)];
    fail(a, 2);
    wait(40);
    for (const attempt of underWay) attempt.failed();
    expect(remaining(a)).toBe(60);
    wait(60);
    expect(unavailability(a)).toBeUndefined();
  });

  it('that has returned does not answer for requests from before', () => {
    const { begin, fail, succeed, wait, unavailability } = scene();
    const before = [begin(a), begin(a)];
    fail(a, 2);
    const meanwhile = [begin(a), begin(a)];
    wait(100);
    succeed(a);
    for (const attempt of [...before, ...meanwhile]) attempt.failed();
    expect(unavailability(a)).toBeUndefined();
  });

  it('that is asked in spite of its ejection neither returns nor is out for longer', () => {
    const { fail, succeed, remaining } = scene();
    fail(a, 2);
    succeed(a);
    fail(a, 5);
    expect(remaining(a)).toBe(100);
  });
});

describe('the share of endpoints that are out', () => {
  it.each([
    [50, 4, 2],
    [50, 3, 1],
    [49, 2, 0],
    [100, 4, 4],
    [100, 1, 0],
    [0, 4, 0],
    [29, 4, 1],
  ])('of %i %% among %i is %i', (ejectionMaxPercent, count, expected) => {
    const endpoints = ALL.slice(0, count);
    const { fail, unavailability } = scene({ ejectionMaxPercent }, endpoints);
    for (const each of endpoints) fail(each, 9);
    expect(endpoints.filter((each) => unavailability(each) === 'Ejected')).toHaveLength(expected);
  });

  it('has room again when one returns', () => {
    const { fail, succeed, wait, unavailability } = scene({ ejectionMaxPercent: 25 });
    fail(a, 2);
    fail(b, 5);
    expect(unavailability(b)).toBeUndefined();
    wait(100);
    succeed(a);
    fail(b);
    expect(unavailability(b)).toBe('Ejected');
  });

  it('is not taken up by endpoints that are no longer there', () => {
    const { states, fail, unavailability } = scene();
    fail(a, 2);
    fail(b, 2);
    const attempt = () =>
      states.begin(PORT, c, { ...DEFAULT_SETTINGS, ...SETTINGS, ejectionFailures: 1 }, [c, d]);
    attempt().failed();
    expect(unavailability(c)).toBe('Ejected');
  });

  it('has room for one that is out already, whoever else is out elsewhere', () => {
    const { states, fail, wait, remaining } = scene();
    fail(a, 2);
    fail(b, 2);
    wait(100);
    states.begin(PORT, b, { ...DEFAULT_SETTINGS, ...SETTINGS }, [b, c]).failed();
    expect(remaining(b)).toBe(200);
  });

  it('brings one back whose trial fails, where it has become too large', () => {
    const { states, fail, wait, unavailability } = scene();
    fail(a, 2);
    wait(100);
    states.begin(PORT, a, { ...DEFAULT_SETTINGS, ...SETTINGS }, [a]).failed();
    expect(states.list()).not.toMatchObject([{ ejectedUntil: expect.anything() }]);
    expect(unavailability(a)).toBeUndefined();
  });
});

describe('after its time an ejected endpoint', () => {
  const ejectedFor100 = (): Scene => {
    const made = scene();
    made.fail(a, 2);
    made.wait(99);
    expect(made.unavailability(a)).toBe('Ejected');
    made.wait(1);
    expect(made.unavailability(a)).toBeUndefined();
    return made;
  };

  it('gets one trial request, and no other until that is decided', () => {
    const { begin, unavailability } = ejectedFor100();
    const trial = begin(a);
    expect(unavailability(a)).toBe('Ejected');
    trial.answered(200);
    expect(unavailability(a)).toBeUndefined();
  });

  it('stays out for longer if the trial fails', () => {
    const { begin, remaining, unavailability } = ejectedFor100();
    begin(a).answered(503);
    expect(unavailability(a)).toBe('Ejected');
    expect(remaining(a)).toBe(200);
  });

  it('gets another if nothing was learned', () => {
    const { begin, unavailability } = ejectedFor100();
    begin(a).ended();
    expect(unavailability(a)).toBeUndefined();
    begin(a);
    expect(unavailability(a)).toBe('Ejected');
  });

  it('is judged by the trial, whatever else is sent there meanwhile', () => {
    const { begin, fail, succeed, unavailability } = ejectedFor100();
    const trial = begin(a);
    succeed(a);
    fail(a, 3);
    expect(unavailability(a)).toBe('Ejected');
    trial.answered(200);
    expect(unavailability(a)).toBeUndefined();
  });

  it('returns where ejectionFailures is 0 by now', () => {
    const { states, remaining } = ejectedFor100();
    states.begin(PORT, a, { ...DEFAULT_SETTINGS, ejectionFailures: 0 }, ALL).failed();
    expect(remaining(a)).toBeUndefined();
  });
});

describe('active checks', () => {
  it('make an endpoint unhealthy, and healthy again', () => {
    const { states, unavailability } = scene();
    states.setHealth(PORT, a, false);
    expect(unavailability(a)).toBe('Unhealthy');
    expect(states.list()).toMatchObject([{ unhealthy: true }]);
    states.setHealth(PORT, a, true);
    expect(unavailability(a)).toBeUndefined();
  });

  it('do not end an ejection', () => {
    const { states, fail, unavailability } = scene();
    fail(a, 2);
    states.setHealth(PORT, a, true);
    expect(unavailability(a)).toBe('Ejected');
  });
});

describe('nothing is kept', () => {
  it('of endpoints that are idle, healthy and not ejected', () => {
    const { states, succeed, fail } = scene();
    succeed(a);
    fail(b);
    succeed(b);
    states.setHealth(PORT, c, true);
    states.setHealth(PORT, d, false);
    states.setHealth(PORT, d, true);
    expect(states.list()).toEqual([]);
  });

  it('of an ejection that is forgiven', () => {
    const { states, succeed, fail, wait } = scene();
    fail(a, 2);
    wait(100);
    succeed(a);
    expect(states.list()).toHaveLength(1);
    wait(100);
    states.retain(snapshotOf(ALL));
    expect(states.list()).toEqual([]);
  });

  it('of endpoints that have left the Snapshot', () => {
    const { states, fail } = scene({ ejectionMaxPercent: 100 });
    for (const each of [a, b]) fail(each, 2);
    states.setHealth(PORT, c, false);
    states.setHealth(PORT, d, false);
    states.retain(snapshotOf([b, d]));
    expect(states.list()).toMatchObject([
      { endpoint: '10.0.0.2:8080', ejectedUntil: expect.any(Number), unhealthy: false },
      { endpoint: '10.0.0.4:8080', unhealthy: true },
    ]);
  });

  it('of ports that have left the Snapshot, but what is under way there', () => {
    const { states, begin, fail } = scene();
    fail(a, 2);
    const attempt = begin(a);
    expect([states.nextTurn(PORT), states.nextTurn(PORT)]).toEqual([0, 1]);
    states.retain({ services: [] });
    expect(states.list()).toEqual([
      { port: PORT, endpoint: '10.0.0.1:8080', requests: 1, pending: 1, unhealthy: false },
    ]);
    attempt.ended();
    expect(states.list()).toEqual([]);
    states.retain({ services: [] });
    expect(states.nextTurn(PORT)).toBe(0);
  });

  it('of ports that have left the Snapshot long after they were asked', () => {
    const { states } = scene();
    states.nextTurn(PORT);
    states.nextTurn('shop/mail:80');
    for (let swaps = 0; swaps < 3; swaps += 1) states.retain(snapshotOf(ALL));
    expect(states.nextTurn(PORT)).toBe(1);
    expect(states.nextTurn('shop/mail:80')).toBe(0);
    states.retain(snapshotOf(ALL));
    states.retain({ services: [] });
    expect(states.nextTurn(PORT)).toBe(0);
  });

  it('of the place in the share that a departed endpoint had', () => {
    const { states, fail, unavailability } = scene();
    fail(a, 2);
    fail(b, 2);
    states.retain(snapshotOf([b, c, d]));
    fail(c, 2);
    fail(d, 2);
    expect([b, c, d].map(unavailability)).toEqual(['Ejected', 'Ejected', undefined]);
  });
});

describe('turns', () => {
  it('are counted for each port', () => {
    const { states } = scene();
    const turns = ['x/y:1', 'x/y:2', 'x/y:1', 'x/y:1'].map(states.nextTurn);
    expect(turns).toEqual([0, 0, 1, 2]);
  });

  it('begin anywhere if randomness is handed in', () => {
    const states = createEndpointStates({ random: () => 0.5 });
    const first = states.nextTurn(PORT);
    expect(first).toBeGreaterThan(0);
    expect(Number.isInteger(first)).toBe(true);
    expect(states.nextTurn(PORT)).toBe(first + 1);
  });
});
