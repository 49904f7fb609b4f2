import { MANAGED_BY_LABEL } from '@portolan/core';
import { apiVersionOf, type NewObject, type ResourceType } from '@portolan/store';

import { isFields, type ClusterObject, type Fields } from '../watch/cluster-object.ts';

/** What the objects of a kind keep besides their metadata. */
type Part = (object: Fields) => Fields;

/** What is handed on of each kind. Everything else stays in the cluster. */
const PARTS: Readonly<Record<string, Part>> = {
  Service: ({ spec, status }) => ({
    spec,
    // Addresses that a provider gave are where clients come from.
    status: picked(isFields(status) ? status : {}, ['loadBalancer']),
  }),
  EndpointSlice: (object) => picked(object, ['addressType', 'endpoints', 'ports']),
  Ingress: ({ spec }) => ({ spec }),
  IngressClass: ({ spec }) => ({ spec }),
  Node: ({ spec, status }) => ({
    spec: picked(isFields(spec) ? spec : {}, ['podCIDRs']),
    status: nodeStatus(isFields(status) ? status : {}),
  }),
  // Nothing but that it is there; one without these fields would be none of its type.
  Secret: () => ({ type: 'kubernetes.io/tls', data: { 'tls.crt': '', 'tls.key': '' } }),
};

/** Annotations that say nothing to anybody but those who wrote them, and are long. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'endpoints.kubernetes.io/last-change-trigger-time',
]);

/**
 * Kinds whose annotations nobody reads: those of Nodes change all the time, and that which `kubectl apply` leaves on a Secret
 * holds all of it.
 */
const WITHOUT_ANNOTATIONS: ReadonlySet<string> = new Set(['Node', 'Secret']);

/** Who manages the EndpointSlices that are handed on. */
export const SYNC_MANAGER = 'sync.portolan.dev';

/**
 * An object as it is handed on: what it is called, what it was given to say, and who it is (uid, creationTimestamp). Owners and
 * finalizers stay behind, since nobody is there to heed them. Its keys stand in an order that depends on nothing but its kind.
 */
export function trim(type: ResourceType, object: ClusterObject): NewObject {
  const { name, namespace, uid, creationTimestamp, labels, annotations } = object.metadata;
  const isSlice = type.kind === 'EndpointSlice';
  const isNamed = type.kind === 'Secret';
  return {
    apiVersion: apiVersionOf(type),
    kind: type.kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: textOf(uid),
      creationTimestamp: textOf(creationTimestamp),
      ...(isFields(labels) &&
        !isNamed && {
          labels: textsOf(isSlice ? { ...labels, [MANAGED_BY_LABEL]: SYNC_MANAGER } : labels),
        }),
      ...(isFields(annotations) &&
        !WITHOUT_ANNOTATIONS.has(type.kind) && {
          annotations: textsOf(
            Object.fromEntries(Object.entries(annotations).filter(([key]) => !LEFT_OUT.has(key))),
          ),
        }),
    },
    ...PARTS[type.kind]?.(object),
  };
}

/** Empty where there is none. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(fields: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function picked(fields: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(
    keys.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])),
  );
}

/** Without the heartbeats of its conditions, which change all the time. */
function nodeStatus({ addresses, conditions }: Fields): Fields {
  const ready = (Array.isArray(conditions) ? conditions : []).filter(
    (condition) => isFields(condition) && condition['type'] === 'Ready',
  );
  return {
    addresses,
    conditions: ready.map((condition) => picked(condition, ['type', 'status', 'reason'])),
  };
}
