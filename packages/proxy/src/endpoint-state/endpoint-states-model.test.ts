import type { Unavailability } from '@portolan/balancing';
import type { Endpoint } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';
import { DEFAULT_SETTINGS, type ResolvedSettings } from '@portolan/settings';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Attempt } from './endpoint-state-store.ts';
import { createEndpointStates } from './endpoint-states.ts';

const PORT = 'shop/cart:80';
const EJECTION_TIME = 10;

const ENDPOINTS: readonly Endpoint[] = [1, 2, 3, 4, 5].map((last) => ({
  address: `10.0.0.${last}`,
  addressType: 'IPv4',
  port: 8080,
  ready: true,
  serving: true,
  terminating: false,
}));

const index = fc.nat(ENDPOINTS.length - 1);
const settings = fc
  .record({
    ejectionFailures: fc.constantFrom(0, 1, 1, 2, 3),
    ejectionMaxPercent: fc.constantFrom(0, 40, 50, 60, 100),
    maxRequests: fc.constantFrom(2, 1000),
    maxPendingRequests: fc.constantFrom(1, 1000),
  })
  .map((some): ResolvedSettings => ({ ...DEFAULT_SETTINGS, ejectionTime: EJECTION_TIME, ...some }));

/** What happens; an attempt is named by its place among all, or what remains of that after division. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('begin' as const),
      at: index,
      settings,
      others: fc.subarray([...ENDPOINTS]),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constantFrom('fail' as const, 'fail' as const, 'succeed' as const, 'end' as const),
      attempt: fc.nat(100),
    }),
  },
  fc.record({ what: fc.constant('wait' as const), time: fc.nat(2 * EJECTION_TIME) }),
  fc.record({ what: fc.constant('check' as const), at: index, isHealthy: fc.boolean() }),
  fc.record({ what: fc.constant('swap' as const), remaining: fc.subarray([...ENDPOINTS]) }),
);

interface MadeAttempt {
  readonly real: Attempt;
  readonly endpoint: Endpoint;
  readonly settings: ResolvedSettings;
  readonly endpoints: readonly Endpoint[];
  readonly begun: number;
  readonly isTrial: boolean;
  outcome?: 'failure' | 'success';
  /** When it was learned of, and when it ended. */
  learned?: number;
  ended?: number;
}

/** An endpoint went out, or came in again. */
interface Change {
  readonly endpoint: Endpoint;
  readonly moment: number;
  readonly time: number;
  readonly times: number;
  readonly until?: number;
}

/** Remembers everything that ever happened, and works out the rest whenever it is asked. */
class Model {
  time = 0;
  moment = 0;
  readonly attempts: MadeAttempt[] = [];
  readonly changes: Change[] = [];
  readonly unhealthy = new Set<Endpoint>();

  underWay(endpoint: Endpoint): readonly MadeAttempt[] {
    return this.attempts.filter((each) => each.endpoint === endpoint && each.ended === undefined);
  }

  pending(endpoint: Endpoint): readonly MadeAttempt[] {
    return this.underWay(endpoint).filter(({ outcome }) => outcome === undefined);
  }

  last(endpoint: Endpoint): Change | undefined {
    return this.changes.findLast((each) => each.endpoint === endpoint);
  }

  isOut(endpoint: Endpoint): boolean {
    return this.last(endpoint)?.until !== undefined;
  }

  since(endpoint: Endpoint): readonly MadeAttempt[] {
    const moment = this.last(endpoint)?.moment ?? -1;
    return this.attempts.filter((each) => each.endpoint === endpoint && each.begun > moment);
  }

  isOnTrial(endpoint: Endpoint): boolean {
    return this.since(endpoint).some(
      ({ isTrial, outcome, ended }) => isTrial && outcome === undefined && ended === undefined,
    );
  }

  failuresInARow(endpoint: Endpoint): number {
    const known = this.since(endpoint).filter(({ learned }) => learned !== undefined);
    known.sort((one, other) => (one.learned ?? 0) - (other.learned ?? 0));
    return known.length - 1 - known.findLastIndex(({ outcome }) => outcome === 'success');
  }

  unavailability(endpoint: Endpoint): Unavailability | undefined {
    const latest = this.attempts.findLast((each) => each.endpoint === endpoint)?.settings;
    const { maxRequests = Infinity, maxPendingRequests = Infinity } = latest ?? {};
    if (this.underWay(endpoint).length >= maxRequests) return 'Full';
    if (this.pending(endpoint).length >= maxPendingRequests) return 'Full';
    if (this.unhealthy.has(endpoint)) return 'Unhealthy';
    const until = this.last(endpoint)?.until;
    if (until === undefined) return undefined;
    return this.time < until || this.isOnTrial(endpoint) ? 'Ejected' : undefined;
  }

  begin(
    real: Attempt,
    endpoint: Endpoint,
    { settings: own, endpoints }: Pick<MadeAttempt, 'endpoints' | 'settings'>,
  ): void {
    const until = this.last(endpoint)?.until;
    const isTrial = until !== undefined && this.time >= until && !this.isOnTrial(endpoint);
    this.attempts.push({ real, endpoint, settings: own, endpoints, begun: this.moment, isTrial });
  }

  learn(attempt: MadeAttempt, outcome: 'failure' | 'success'): void {
    if (attempt.outcome !== undefined || attempt.ended !== undefined) return;
    attempt.outcome = outcome;
    attempt.learned = this.moment;
    const { endpoint, endpoints, isTrial } = attempt;
    if (!this.since(endpoint).includes(attempt)) return;
    const { ejectionFailures, ejectionMaxPercent } = attempt.settings;
    const out = endpoints.filter((each) => each !== endpoint && this.isOut(each));
    const percent = ((out.length + 1) / endpoints.length) * 100;
    const mayGo = ejectionFailures > 0 && endpoints.length > 1 && percent <= ejectionMaxPercent;
    const earlier = this.last(endpoint)?.times ?? 0;
    if (this.isOut(endpoint)) {
      if (!isTrial) return;
      if (outcome === 'failure' && mayGo) this.eject(endpoint, earlier + 1);
      else this.change(endpoint, Math.min(earlier, 5));
    } else if (
      outcome === 'failure' &&
      mayGo &&
      this.failuresInARow(endpoint) >= ejectionFailures
    ) {
      const quiet = this.time - (this.last(endpoint)?.time ?? 0);
      this.eject(endpoint, Math.max(0, earlier - Math.floor(quiet / EJECTION_TIME)) + 1);
    }
  }

  eject(endpoint: Endpoint, times: number): void {
    let length = EJECTION_TIME;
    for (let more = 1; more < times; more += 1) length *= 2;
    this.change(endpoint, times, this.time + Math.min(length, 10 * EJECTION_TIME));
  }

  change(endpoint: Endpoint, times: number, until?: number): void {
    const { moment, time } = this;
    this.changes.push({ endpoint, moment, time, times, ...(until !== undefined && { until }) });
  }
}

function snapshotOf(endpoints: readonly Endpoint[]): Pick<Snapshot, 'services'> {
  const port = { name: '', port: 80, protocol: 'TCP', endpoints } as const;
  return {
    services: [
      { 'shop/cart': { namespace: 'shop', name: 'cart', ports: [port], ipFamilies: ['IPv4'] } },
    ],
  };
}

describe('states of endpoints', () => {
  it('are those of a model that remembers everything', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const model = new Model();
        const states = createEndpointStates({ now: () => model.time });
        for (const each of steps) {
          model.moment += 1;
          take(each, model, states);
          for (const endpoint of ENDPOINTS) {
            expect(states.unavailability(PORT, endpoint)).toBe(model.unavailability(endpoint));
            expect(states.load(PORT, endpoint)).toBe(model.underWay(endpoint).length);
          }
          expect(states.list().reduce((sum, { pending }) => sum + pending, 0)).toBe(
            ENDPOINTS.reduce((sum, endpoint) => sum + model.pending(endpoint).length, 0),
          );
        }

        // Once everything has ended well and is forgiven, nothing is left.
        for (const { real } of model.attempts) real.ended();
        states.retain(snapshotOf([]));
        expect(states.list()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  function take(
    taken: typeof step extends fc.Arbitrary<infer Step> ? Step : never,
    model: Model,
    states: ReturnType<typeof createEndpointStates>,
  ): void {
    switch (taken.what) {
      case 'begin': {
        const endpoint = ENDPOINTS[taken.at];
        if (endpoint === undefined) return;
        const endpoints = [...new Set([endpoint, ...taken.others])];
        const given = { settings: taken.settings, endpoints };
        model.begin(states.begin(PORT, endpoint, taken.settings, endpoints), endpoint, given);
        return;
      }
      case 'wait':
        model.time += taken.time;
        return;
      case 'check': {
        const endpoint = ENDPOINTS[taken.at];
        if (endpoint === undefined) return;
        states.setHealth(PORT, endpoint, taken.isHealthy);
        if (taken.isHealthy) model.unhealthy.delete(endpoint);
        else model.unhealthy.add(endpoint);
        return;
      }
      case 'swap':
        states.retain(snapshotOf(taken.remaining));
        for (const endpoint of ENDPOINTS) {
          if (taken.remaining.includes(endpoint)) continue;
          model.unhealthy.delete(endpoint);
          model.change(endpoint, 0);
        }
        return;
      case 'end':
      case 'fail':
      case 'succeed': {
        const attempt = model.attempts[taken.attempt % model.attempts.length];
        if (attempt === undefined) return;
        const { real } = attempt;
        if (taken.what === 'end') {
          real.ended();
          attempt.ended ??= model.moment;
        } else {
          const isFailure = taken.what === 'fail';
          if (isFailure) real.failed();
          else real.answered(200);
          model.learn(attempt, isFailure ? 'failure' : 'success');
        }
      }
    }
  }

  it('let in exactly one request of those who heed them, until it is decided', () => {
    const clients = fc.array(
      fc.record({
        at: fc.nat(30),
        lasts: fc.nat(15),
        ends: fc.constantFrom('fail', 'ok', 'leave'),
      }),
      { minLength: 10, maxLength: 60, size: 'max' },
    );
    fc.assert(
      fc.property(clients, (arrivals) => {
        let time = 0;
        const states = createEndpointStates({ now: () => time });
        const own = { ...DEFAULT_SETTINGS, ejectionFailures: 1, ejectionTime: EJECTION_TIME };
        const [endpoint, other] = ENDPOINTS;
        if (endpoint === undefined || other === undefined) return;
        const begin = (): Attempt => states.begin(PORT, endpoint, own, [endpoint, other]);
        begin().failed();

        const trials = new Set<Attempt>();
        const underWay = new Map<Attempt, { until: number; ends: string }>();
        for (; time < 60; time += 1) {
          for (const [attempt, { until, ends }] of underWay) {
            if (until > time) continue;
            if (ends === 'fail') attempt.failed();
            if (ends === 'ok') attempt.answered(200);
            attempt.ended();
            underWay.delete(attempt);
            trials.delete(attempt);
          }
          for (const { at, lasts, ends } of arrivals) {
            if (at !== time || states.unavailability(PORT, endpoint) !== undefined) continue;
            const isEjected = states.list().some(({ ejectedUntil }) => ejectedUntil !== undefined);
            const attempt = begin();
            underWay.set(attempt, { until: time + lasts, ends });
            if (isEjected) trials.add(attempt);
            expect(trials.size).toBeLessThanOrEqual(1);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
