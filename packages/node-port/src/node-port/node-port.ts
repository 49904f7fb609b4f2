import { portPool } from '@portolan/core';
import type { Claim, FieldError, Grants, Service, ServiceType } from '@portolan/core';

import { frontends } from './frontends.ts';

export interface NodePortOptions {
  /** The ports that node ports are taken from, both included: `--service-node-port-range`. 30000–32767 by default. */
  readonly range?: readonly [first: number, last: number];
}

/**
 * The NodePort Service type: what ClusterIP gives, and a port on every node.
 *
 * @throws {RangeError} where the range is none of ports.
 *
 * Source: Kubernetes, Service, `type: NodePort`.
 */
export function nodePort({ range = [30000, 32767] }: NodePortOptions = {}): ServiceType {
  return {
    type: 'NodePort',
    buildsOn: 'ClusterIP',
    pools: [portPool('nodePort', ...range)],
    applyDefaults: (service) => ({
      ...service,
      spec: {
        ...service.spec,
        externalTrafficPolicy: service.spec.externalTrafficPolicy ?? 'Cluster',
      },
    }),
    validate: (service) => [...headlessFaults(service), ...repeatedPortFaults(service)],
    claims: (service, inherited) => [...inherited, ...nodePortClaims(service)],
    grant,
    frontends,
  };
}

/** A type that builds on this one opens node ports as well, so the message names whichever it is. */
function headlessFaults({ spec }: Service): readonly FieldError[] {
  if (spec.clusterIPs?.[0] !== 'None') return [];
  const detail = `may not be set to 'None' for ${spec.type} services`;
  return [{ type: 'Invalid', field: 'spec.clusterIPs[0]', value: 'None', detail }];
}

function repeatedPortFaults({ spec }: Service): readonly FieldError[] {
  const seen = new Set<string>();
  return (spec.ports ?? []).flatMap(({ nodePort: value, protocol }, index) => {
    if (!value) return [];
    const key = `${protocol} ${value}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ type: 'Duplicate', field: nodePortField(index), value, detail: '' } as const];
  });
}

/** Ports with one number, TCP and UDP, share a node port unless they fix different ones, as with the API server. */
function nodePortClaims({ spec }: Service): readonly Claim[] {
  return (spec.ports ?? []).map(({ nodePort: value, port }, index) => ({
    pool: 'nodePort',
    field: nodePortField(index),
    sharedBy: String(port),
    // 0 counts as absent.
    ...(value
      ? { wanted: String(value), failure: { value } }
      : { failure: { detail: 'failed to allocate a nodePort' } }),
  }));
}

function grant(service: Service, grants: Grants): Service {
  const ports = (service.spec.ports ?? []).map((port, index) => {
    const granted = grants[nodePortField(index)];
    return granted === undefined ? port : { ...port, nodePort: Number(granted) };
  });
  return { ...service, spec: { ...service.spec, ports } };
}

function nodePortField(index: number): string {
  return `spec.ports[${index}].nodePort`;
}
