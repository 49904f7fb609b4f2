import type { LoadBalancerIngress } from '@portolan/core';

import { timestamp } from '../store/new-identity.ts';
import type { Stored } from '../store/stored-resource.ts';
import type { Provision } from './provider.ts';

/** Whether a Service has all that it asked of its provider, and why it hasn't. */
const LOAD_BALANCER_READY = 'portolan.dev/LoadBalancerReady';
/** Kubernetes' own, of Service v1 core: there where a port could not be opened. */
const PORTS_ERROR = 'LoadBalancerPortsError';

type Service = Stored<'Service'>;
type Status = NonNullable<Service['status']>;
type Condition = Readonly<Record<string, unknown>>;

/** What a condition says; `undefined`: there is to be none. */
type Said =
  | { readonly status: 'False' | 'True'; readonly reason: string; readonly message: string }
  | undefined;

/** The status of a Service that its provider has given what it could: the addresses exactly as it gave them. */
export function withProvision(
  service: Service,
  { ingress, refusal }: Provision,
  now: number,
): Status {
  const ready: Said = refusal
    ? { status: 'False', ...refusal }
    : { status: 'True', reason: 'Provisioned', message: 'all that was asked for is there' };
  return {
    ...withConditions(
      service,
      new Map([
        [LOAD_BALANCER_READY, ready],
        [PORTS_ERROR, portsError(ingress)],
      ]),
      now,
    ),
    loadBalancer: ingress.length > 0 ? { ingress } : {},
  };
}

/** The status of a Service for which its provider failed: what it has, it keeps. */
export function withFailure(service: Service, message: string, now: number): Status {
  const said: Said = { status: 'False', reason: 'SyncLoadBalancerFailed', message };
  return withConditions(service, new Map([[LOAD_BALANCER_READY, said]]), now);
}

/** The status of a Service from which a provider has taken back all. */
export function withoutProvision(service: Service): Status {
  const gone = new Map([
    [LOAD_BALANCER_READY, undefined],
    [PORTS_ERROR, undefined],
  ]);
  return { ...withConditions(service, gone, 0), loadBalancer: {} };
}

function portsError(ingress: readonly LoadBalancerIngress[]): Said {
  const errors = ingress.flatMap(({ ip, hostname, ports = [] }) =>
    ports.flatMap(({ port, protocol, error }) =>
      error ? [`${protocol} ${port} at ${ip ?? hostname}: ${error}`] : [],
    ),
  );
  if (errors.length === 0) return undefined;
  return { status: 'True', reason: 'PortsUnavailable', message: errors.join(', ') };
}

/** With conditions, by type. The time of one is that of the last change of its `status`: metav1.Condition. */
function withConditions(
  { status: { conditions: all = [], ...status } = {}, metadata: { generation } }: Service,
  wanted: ReadonlyMap<string, Said>,
  now: number,
): Status {
  const before = all.filter(isCondition);
  const others = before.filter(({ type }) => !wanted.has(String(type)));
  const made = [...wanted].flatMap(([type, said]): readonly Condition[] => {
    if (said === undefined) return [];
    const previous = before.find((each) => each['type'] === type);
    const isSame = previous?.['status'] === said.status;
    return [
      {
        type,
        ...said,
        ...(generation !== undefined && { observedGeneration: generation }),
        lastTransitionTime: isSame ? previous['lastTransitionTime'] : timestamp(now),
      },
    ];
  });
  const conditions = [...others, ...made];
  return { ...status, ...(conditions.length > 0 && { conditions }) };
}

function isCondition(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null;
}
