import type { EndpointStateStore } from '../endpoint-state/endpoint-state-store.ts';
import { check, type CheckOptions, type CheckResult } from './check.ts';
import type { HealthReport } from './health-report.ts';
import type { HealthTarget } from './health-targets.ts';
import { afterCheck, HEALTHY } from './health.ts';

export interface EndpointCheckOptions extends CheckOptions {
  readonly states: Pick<EndpointStateStore, 'setHealth'>;
  readonly random: () => number;
  readonly report: (report: HealthReport) => void;
}

/** The checks of one endpoint, one after the other. */
export interface EndpointCheck {
  readonly target: HealthTarget;
  /** Ends them, and what they found no longer holds. Resolves once none is under way. */
  readonly stop: () => Promise<void>;
}

/** A pause is up to this share shorter than the interval, so that checks that began together spread. */
const JITTER = 0.1;

/**
 * Checks an endpoint again and again, the first time within one interval.
 *
 * @param after Is waited for before.
 */
export function startEndpointCheck(
  target: HealthTarget,
  { states, random, report, ...how }: EndpointCheckOptions,
  after?: Promise<void>,
): EndpointCheck {
  const { port, endpoint, authority, settings } = target;
  const stopped = new AbortController();
  const { signal } = stopped;
  let health = HEALTHY;
  let isKnownUnreachable = false;

  const tell = (reason: HealthReport['reason'], message: string): void =>
    report({ port, endpoint: authority, reason, message });

  function learn({ found, message }: CheckResult): void {
    if (found === 'Unreachable') {
      health = HEALTHY;
      states.setHealth(port, endpoint, true);
      if (!isKnownUnreachable) tell('Unreachable', message);
      isKnownUnreachable = true;
      return;
    }
    const before = health;
    health = afterCheck(health, found === 'Good', settings);
    // Told each time: whoever keeps states may have forgotten them with a Snapshot that left the endpoint out.
    states.setHealth(port, endpoint, health.isHealthy);
    if (health.isHealthy !== before.isHealthy) {
      tell(health.isHealthy ? 'Healthy' : 'Unhealthy', message);
    }
  }

  async function run(): Promise<void> {
    await after;
    await how.sleep(settings.interval * random(), signal);
    while (!signal.aborted) {
      const pause = how.sleep(settings.interval * (1 - JITTER * random()), signal);
      // oxlint-disable-next-line no-await-in-loop -- never more than one at a time
      const result = await check(target, how, signal);
      if (!signal.aborted) learn(result);
      // oxlint-disable-next-line no-await-in-loop -- the same
      await pause;
    }
  }

  const ended = run();
  return {
    target,
    stop: () => {
      stopped.abort();
      states.setHealth(port, endpoint, true);
      return ended;
    },
  };
}
