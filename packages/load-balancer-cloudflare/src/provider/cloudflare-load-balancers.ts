import type { LoadBalancerProvider, LoadBalancerRequest } from '@portolan/control-plane';
import { objectKey, validateDNS1123Label } from '@portolan/core';
import type { Service } from '@portolan/core';

import { carryOut } from '../api/carry-out.ts';
import { call, cloudflareAPI } from '../api/cloudflare-api.ts';
import type { CloudflareAccess } from '../api/cloudflare-api.ts';
import { readSurroundings } from '../api/read-surroundings.ts';
import { desiredState } from '../desired/desired-state.ts';
import { isRefusal } from '../desired/refusal.ts';
import { markOf } from '../ownership/ownership.ts';
import { describeChange } from '../plan/format-plan.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { planGranted } from '../plan/plan-granted.ts';
import type { Plan } from '../plan/plan.ts';

/** The account, the zone and the token, and how they are used. */
export interface CloudflareLoadBalancersOptions extends CloudflareAccess {
  /**
   * Tells control planes that share an account from each other: a DNS label, `default` by default. What one has made is nobody
   * else's to change.
   */
  readonly owner?: string;
  /** Nothing is written: `ensure` and `release` tell their plan and give nothing. */
  readonly dryRun?: boolean;
  /** Told of every plan that has changes, before they are made. */
  readonly onPlan?: (plan: Plan) => void;
}

/** Keeps Services of type LoadBalancer by Cloudflare Load Balancing. */
export interface CloudflareLoadBalancers extends LoadBalancerProvider {
  /** What `ensure` would change now; it only reads. */
  readonly plan: (request: LoadBalancerRequest) => Promise<Plan>;
}

/** After so many rounds of changes something else keeps changing what we change. */
const ROUNDS = 3;

/**
 * Gives Services of type LoadBalancer a host name at Cloudflare: one load balancer, pool and monitor each, and a CNAME for
 * each further name. What comes for the name is proxied to the node port of every node with an external address.
 *
 * @throws {TypeError} where `owner` is no DNS label or `apiToken` can't be sent.
 */
export function cloudflareLoadBalancers(
  options: CloudflareLoadBalancersOptions,
): CloudflareLoadBalancers {
  const { owner = 'default', dryRun = false, onPlan } = options;
  const [fault] = validateDNS1123Label(owner);
  if (fault !== undefined) throw new TypeError(`owner: ${fault}`);
  const api = cloudflareAPI(options);
  let zoneName: string | undefined;

  async function zone(signal: AbortSignal): Promise<string> {
    const { zones } = api.client;
    zoneName ??= (await call(signal, (own) => zones.get({ zone_id: api.zoneID }, { signal: own })))
      .name;
    return zoneName;
  }

  async function plan({ service, nodes, signal }: LoadBalancerRequest): Promise<Plan> {
    return await reading(service, async () => {
      const desired = desiredState(service, nodes, { owner, zone: await zone(signal) });
      const names = isRefusal(desired)
        ? []
        : [desired.state.loadBalancer, ...desired.state.records].map(({ name }) => name);
      const surroundings = await readSurroundings(api, markOf(owner, service), names, signal);
      return { service: objectKey(service), ...planGranted(desired, surroundings) };
    });
  }

  async function planRelease({ service, signal }: ReleaseRequest): Promise<Plan> {
    return await reading(service, async () => {
      const { ours } = await readSurroundings(api, markOf(owner, service), [], signal);
      return {
        service: objectKey(service),
        changes: planChanges(undefined, ours),
        provision: { ingress: [] },
      };
    });
  }

  /** Errors of reading say so, without the token. */
  async function reading(service: Service, read: () => Promise<Plan>): Promise<Plan> {
    try {
      return await read();
    } catch (error) {
      // oxlint-disable-next-line preserve-caught-error -- nobody has looked for the token in it
      throw new Error(
        `Cloudflare: reading for ${objectKey(service)}: ${api.reasonOf(error)} (nothing was changed)`,
      );
    }
  }

  /** Reads again after every round, so that what is told in the end is what truly is there. */
  async function settle(next: () => Promise<Plan>, signal: AbortSignal): Promise<Plan> {
    for (let round = 0; ; round += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each round begins with what the one before has left
      const planned = await next();
      if (planned.changes.length === 0) return planned;
      if (round === ROUNDS) {
        throw new Error(
          `Cloudflare: ${planned.service} does not settle, something else changes it: ${planned.changes.map(describeChange).join('; ')}`,
        );
      }
      onPlan?.(planned);
      if (dryRun) return planned;
      // oxlint-disable-next-line no-await-in-loop
      await carryOut(api, planned.changes, signal);
    }
  }

  return {
    name: 'cloudflare',
    loadBalancerClass: 'portolan.dev/cloudflare',
    plan,
    async ensure(request) {
      const { provision } = await settle(() => plan(request), request.signal);
      if (!dryRun) return provision;
      const { refusal } = provision;
      return {
        ingress: [],
        refusal: refusal ?? { reason: 'DryRun', message: 'Cloudflare is only planned for.' },
      };
    },
    async release(request) {
      await settle(() => planRelease(request), request.signal);
    },
  };
}

type ReleaseRequest = Pick<LoadBalancerRequest, 'service' | 'signal'>;
