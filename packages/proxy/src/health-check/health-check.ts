import type { SettingsOptions, Snapshot } from '@portolan/engine';

import type { Dialer } from '../dialer/dialer.ts';
import type { EndpointStateStore } from '../endpoint-state/endpoint-state-store.ts';
import { startEndpointCheck, type EndpointCheck } from './endpoint-check.ts';
import type { HealthReport } from './health-report.ts';
import { healthTargets, isCheckedAlike } from './health-targets.ts';
import { sleep as sleepByTimer, type Sleep } from './sleep.ts';

export type { HealthReport } from './health-report.ts';
export type { Sleep } from './sleep.ts';

export interface HealthCheckOptions {
  /** The Snapshot that is being served; asked for each second, so that endpoints are followed as they come and go. */
  readonly snapshot: () => Pick<Snapshot, 'services'>;
  /** Ways to reach an endpoint; the first that can is taken. */
  readonly dialers: readonly Dialer[];
  /** Is told what was found. */
  readonly states: Pick<EndpointStateStore, 'setHealth'>;
  /** Settings for what no annotation says. */
  readonly settings?: SettingsOptions;
  /** Is told where an endpoint's health changes, or can't be found out. Must not throw. */
  readonly report?: (report: HealthReport) => void;
  /** Numbers in [0, 1), which spread the checks; `Math.random` by default. */
  readonly random?: () => number;
  /** By default by the runtime's timer, which keeps no process alive where that can be told. */
  readonly sleep?: Sleep;
}

/** Checks under way. */
export interface HealthChecks {
  /** Ends all of them; what they found no longer holds. Resolves once none is under way. */
  readonly close: () => Promise<void>;
}

/** Milliseconds between looks at the Snapshot. */
const LOOK = 1000;

/**
 * Asks the endpoints of every Service with a `healthPath` how they are, again and again, each on its own and one check at a
 * time. A Service's own settings count, or the options'; rules that lead to it have no say.
 *
 * `unhealthyThreshold` bad checks in a row make an endpoint unhealthy, `healthyThreshold` good ones healthy again. Until it
 * is found otherwise it counts as healthy: where it is new or has come back, and where the Service's checks have changed.
 */
export function startHealthChecks({
  snapshot,
  settings = {},
  report = () => undefined,
  random = Math.random,
  sleep = sleepByTimer,
  ...rest
}: HealthCheckOptions): HealthChecks {
  const options = { ...rest, report, random, sleep };
  const checks = new Map<string, EndpointCheck>();
  const closed = new AbortController();
  let seen: ReturnType<typeof snapshot> | undefined;

  function follow(): void {
    const current = snapshot();
    if (current === seen) return;
    seen = current;
    const targets = healthTargets(current, settings);
    const stopped = new Map<string, Promise<void>>();
    for (const [key, each] of checks) {
      const target = targets.get(key);
      if (target !== undefined && isCheckedAlike(target, each.target)) continue;
      stopped.set(key, each.stop());
      checks.delete(key);
    }
    for (const [key, target] of targets) {
      if (checks.has(key)) continue;
      checks.set(key, startEndpointCheck(target, options, stopped.get(key)));
    }
  }

  async function run(): Promise<void> {
    while (!closed.signal.aborted) {
      follow();
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      await sleep(LOOK, closed.signal);
    }
  }

  const ended = run();
  return {
    close: async () => {
      closed.abort();
      await Promise.all([ended, ...Array.from(checks.values(), (each) => each.stop())]);
    },
  };
}
