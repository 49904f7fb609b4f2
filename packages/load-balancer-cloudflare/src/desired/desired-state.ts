import type { LoadBalancerIngress, Node, Service } from '@portolan/core';

import { markOf, poolName, portMark } from '../ownership/ownership.ts';
import { hostNamesOf } from './host-names.ts';
import { originsOf } from './origins.ts';
import type { Origin } from './origins.ts';
import { choosePort } from './ports.ts';
import { isRefusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** What the API calls the same, as far as we decide about it. Everything else is left as it is. */
export interface MonitorFields {
  readonly description: string;
  readonly type: 'http' | 'tcp';
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly expected_codes?: string;
}

export interface PoolFields {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly minimum_origins: number;
  readonly origins: readonly Origin[];
}

export interface LoadBalancerFields {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly proxied: boolean;
  readonly steering_policy: 'off';
  readonly session_affinity: 'none' | 'ip_cookie';
  /** Seconds. */
  readonly session_affinity_ttl?: number;
}

export interface RecordFields {
  readonly name: string;
  readonly type: 'CNAME';
  readonly content: string;
  readonly proxied: boolean;
  /** Seconds; 1 is automatic, the only one that a proxied record has. */
  readonly ttl: number;
  readonly comment: string;
}

/** All that there is to be at Cloudflare for one Service. */
export interface DesiredState {
  readonly monitor: MonitorFields;
  readonly pool: PoolFields;
  readonly loadBalancer: LoadBalancerFields;
  readonly records: readonly RecordFields[];
}

export interface Desired {
  readonly state: DesiredState;
  /** Of each port of the Service, with the reason where it is not served. */
  readonly ports: NonNullable<LoadBalancerIngress['ports']>;
  /** Why the other ports are not served. */
  readonly shortfalls: readonly Refusal[];
}

/** Seconds: what Cloudflare takes for `session_affinity_ttl` of `ip_cookie`. */
const AFFINITY_TTL = { least: 1800, most: 604_800 };
/** Seconds. Source: Kubernetes API reference, ClientIPConfig v1 core. */
const DEFAULT_AFFINITY_TIMEOUT = 10_800;

const SOURCE_RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** What a Service asks of Cloudflare, or why it can't be had. */
export function desiredState(
  service: Service,
  nodes: readonly Node[],
  { owner, zone }: { readonly owner: string; readonly zone: string },
): Desired | Refusal {
  const unkept = refuseSourceRanges(service);
  if (unkept !== undefined) return unkept;
  const hostNames = hostNamesOf(service, zone);
  if (isRefusal(hostNames)) return hostNames;
  const chosen = choosePort(service);
  if (isRefusal(chosen)) return chosen;
  const { port, nodePort, ports, shortfalls } = chosen;
  const origins = originsOf(service, nodes, nodePort);
  if (isRefusal(origins)) return origins;

  const { hostname, aliases } = hostNames;
  const mark = markOf(owner, service);
  const description = portMark(mark, port);
  return {
    state: {
      monitor: { description, ...healthOf(service, nodePort) },
      pool: {
        name: poolName(owner, service, port),
        description,
        enabled: true,
        minimum_origins: 1,
        origins,
      },
      loadBalancer: {
        name: hostname,
        description: mark,
        enabled: true,
        proxied: true,
        steering_policy: 'off',
        ...affinityOf(service),
      },
      records: aliases.map((name) => ({
        name,
        type: 'CNAME',
        content: hostname,
        proxied: true,
        ttl: 1,
        comment: mark,
      })),
    },
    ports,
    shortfalls,
  };
}

function refuseSourceRanges({ spec, metadata }: Service): Refusal | undefined {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  const annotation = metadata.annotations?.[SOURCE_RANGES_ANNOTATION]?.trim() ?? '';
  if (ranges.length === 0 && annotation === '') return undefined;
  return {
    reason: 'SourceRangesNotSupported',
    message:
      'Cloudflare Load Balancing can not keep clients to loadBalancerSourceRanges, so nobody is let in. A rule of the Cloudflare WAF can.',
  };
}

/** Each node answers at its health check node port whether it has endpoints of its own; else its node port is tried. */
function healthOf({ spec }: Service, nodePort: number): Omit<MonitorFields, 'description'> {
  if (spec.externalTrafficPolicy === 'Local' && spec.healthCheckNodePort) {
    const port = spec.healthCheckNodePort;
    return { type: 'http', port, method: 'GET', path: '/healthz', expected_codes: '200' };
  }
  return { type: 'tcp', port: nodePort };
}

function affinityOf({
  spec,
}: Service): Pick<LoadBalancerFields, 'session_affinity' | 'session_affinity_ttl'> {
  if (spec.sessionAffinity !== 'ClientIP') return { session_affinity: 'none' };
  const asked = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_TIMEOUT;
  const { least, most } = AFFINITY_TTL;
  return {
    session_affinity: 'ip_cookie',
    session_affinity_ttl: Math.min(Math.max(asked, least), most),
  };
}
