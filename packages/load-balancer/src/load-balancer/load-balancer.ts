import type { Claim, Service, ServiceType } from '@portolan/core';

import { frontends } from './frontends.ts';
import { validateLoadBalancer, validateOthers } from './validate.ts';

const HEALTH_CHECK_NODE_PORT = 'spec.healthCheckNodePort';

/**
 * The LoadBalancer Service type: what NodePort gives, and the addresses that a provider gave. An address is honoured where
 * `status.loadBalancer.ingress` has it; none is ever invented, and `loadBalancerClass` and `loadBalancerIP` bring none about.
 *
 * Source: Kubernetes, Service, `type: LoadBalancer`; `.spec.allocateLoadBalancerNodePorts`, `.spec.healthCheckNodePort`.
 */
export function loadBalancer(): ServiceType {
  return {
    type: 'LoadBalancer',
    buildsOn: 'NodePort',
    wantsLoadBalancer: true,
    applyDefaults,
    validate: validateLoadBalancer,
    validateOthers,
    claims: (service, inherited) => [
      ...inherited.filter((claim) => isToBeAllocated(claim, service)),
      ...healthCheckClaims(service),
    ],
    grant: (service, grants) => {
      const granted = grants[HEALTH_CHECK_NODE_PORT];
      if (granted === undefined) return service;
      return { ...service, spec: { ...service.spec, healthCheckNodePort: Number(granted) } };
    },
    frontends,
  };
}

function applyDefaults(service: Service): Service {
  const ingress = service.status?.loadBalancer?.ingress;
  const spec = {
    ...service.spec,
    allocateLoadBalancerNodePorts: service.spec.allocateLoadBalancerNodePorts ?? true,
  };
  if (ingress === undefined) return { ...service, spec };
  const withModes = ingress.map((each) => (each.ip ? { ipMode: 'VIP' as const, ...each } : each));
  return {
    ...service,
    spec,
    status: { ...service.status, loadBalancer: { ingress: withModes } },
  };
}

/** Without automatic node ports, those that the manifest fixes remain. */
function isToBeAllocated(claim: Claim, { spec }: Service): boolean {
  return (
    claim.pool !== 'nodePort' ||
    claim.wanted !== undefined ||
    spec.allocateLoadBalancerNodePorts !== false
  );
}

/** A node port at which each node tells whether it has endpoints: only with `externalTrafficPolicy: Local`. */
function healthCheckClaims({ spec }: Service): readonly Claim[] {
  if (spec.externalTrafficPolicy !== 'Local') return [];
  const { healthCheckNodePort: value } = spec;
  const detail = value
    ? `failed to allocate requested HealthCheck NodePort ${value}`
    : 'failed to allocate a HealthCheck NodePort';
  return [
    {
      pool: 'nodePort',
      field: HEALTH_CHECK_NODE_PORT,
      ...(value && { wanted: String(value) }),
      failure: { type: 'Internal', detail },
    },
  ];
}
