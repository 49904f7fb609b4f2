import type { ResourceType } from '@portolan/store';

import { fieldOf, isList, isObject, type JSONObject } from '../patch/json/json.ts';

/** Where a kind has how its Pods are replaced. */
const STRATEGIES: ReadonlyMap<string, string> = new Map([
  ['DaemonSet', 'updateStrategy'],
  ['Deployment', 'strategy'],
  ['StatefulSet', 'updateStrategy'],
]);

/**
 * An object with those of its kind's defaults that clients rely on: `kubectl describe` ends in a panic for a ReplicaSet without
 * `replicas` and for an EndpointSlice with a port without `protocol`, and `kubectl rollout status` refuses without a strategy.
 * Service defaults are for admission to fill in; the others of a kind are left out.
 *
 * Source: Kubernetes API reference, DeploymentSpec, ReplicaSetSpec, StatefulSetSpec, DaemonSetSpec v1 apps,
 * ReplicationControllerSpec v1 core, EndpointPort v1 discovery.k8s.io.
 */
export function withDefaults<T extends JSONObject>(
  object: T,
  { kind, scale }: Pick<ResourceType, 'kind' | 'scale'>,
): T {
  const { spec, ports } = object;
  if (kind === 'EndpointSlice' && isList(ports)) {
    return { ...object, ports: ports.map(endpointPort) };
  }
  const field = STRATEGIES.get(kind);
  if (!isObject(spec) || (!scale && field === undefined)) return object;
  return {
    ...object,
    spec: {
      ...spec,
      ...(scale && fieldOf(spec, 'replicas') === undefined && { replicas: 1 }),
      ...(field !== undefined && { [field]: strategy(fieldOf(spec, field)) }),
    },
  };
}

function strategy(value: unknown = {}): unknown {
  return isObject(value) ? { type: 'RollingUpdate', ...value } : value;
}

function endpointPort(value: unknown): unknown {
  return isObject(value) ? { name: '', protocol: 'TCP', ...value } : value;
}
