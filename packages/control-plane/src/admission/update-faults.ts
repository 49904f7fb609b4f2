import type { FieldError, Resource } from '@portolan/core';
import type { StoredObject } from '@portolan/store';

import { podUpdateFaults } from './pod-update.ts';
import { forbidden, immutable, isSame, listAt, valueAt, without } from './unchanged.ts';

/**
 * What an update changes that may not be changed, in the API server's words. What it says of a Service's allocations is for
 * its type to judge.
 *
 * Source: Kubernetes, `ValidateObjectMetaUpdate` and the `Validate…Update` of each kind.
 */
export function updateFaults(now: Resource, before: StoredObject): readonly FieldError[] {
  return [...metadataFaults(now, before), ...(RULES[now.kind]?.(now, before) ?? [])];
}

type Rule = (now: Resource, before: StoredObject) => readonly FieldError[];

const WHEN_IMMUTABLE = 'field is immutable when `immutable` is set';

const STATEFUL_SET_FIELDS = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

const STATEFUL_SET =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

const selectorStays: Rule = (now, before) => immutable(now, before, 'spec', 'selector');

const RULES: Partial<Readonly<Record<Resource['kind'], Rule>>> = {
  ConfigMap: (now, before) => dataFaults(now, before, ['data', 'binaryData']),
  DaemonSet: selectorStays,
  Deployment: selectorStays,
  EndpointSlice: (now, before) => immutable(now, before, 'addressType'),
  IngressClass: (now, before) => immutable(now, before, 'spec', 'controller'),
  Job: (now, before) => [
    ...immutable(now, before, 'spec', 'selector'),
    ...immutable(now, before, 'spec', 'template'),
    ...immutable(now, before, 'spec', 'completionMode'),
  ],
  Pod: podUpdateFaults,
  ReplicaSet: selectorStays,
  Secret: (now, before) => [
    ...immutable(now, before, 'type'),
    ...dataFaults(now, before, ['data', 'stringData']),
  ],
  StatefulSet: (now, before) =>
    isSame(fixedSpec(now), fixedSpec(before)) ? [] : [forbidden('spec', STATEFUL_SET)],
};

function* metadataFaults(
  now: Resource,
  before: StoredObject,
): Generator<FieldError, void, undefined> {
  if (before.metadata.deletionTimestamp !== undefined) {
    const had = listAt(before, 'metadata', 'finalizers');
    const added = listAt(now, 'metadata', 'finalizers').filter((each) => !had.includes(each));
    if (added.length > 0) {
      const found = added.map((each) => JSON.stringify(each)).join(', ');
      const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${found}}`;
      yield forbidden('metadata.finalizers', detail);
    }
  }
  for (const field of ['name', 'namespace', 'uid', 'creationTimestamp']) {
    yield* immutable(now, before, 'metadata', field);
  }
}

function dataFaults(
  now: Resource,
  before: StoredObject,
  fields: readonly string[],
): readonly FieldError[] {
  if (before['immutable'] !== true) return [];
  const isUnset = valueAt(now, 'immutable') !== true;
  const changed = fields.filter((field) => !isSame(valueAt(now, field), before[field]));
  return [...(isUnset ? ['immutable'] : []), ...changed].map((field) =>
    forbidden(field, WHEN_IMMUTABLE),
  );
}

function fixedSpec(statefulSet: unknown): unknown {
  return without(valueAt(statefulSet, 'spec'), STATEFUL_SET_FIELDS);
}
