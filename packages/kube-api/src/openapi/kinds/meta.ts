import {
  anything,
  atomic,
  boolean,
  each,
  int64,
  listMap,
  listOf,
  merging,
  setOf,
  string,
  stringMap,
  strings,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';

const ownerReference = atomic(
  struct('meta.v1.OwnerReference', {
    ...each(string, 'apiVersion kind name uid'),
    ...each(boolean, 'blockOwnerDeletion controller'),
  }),
);

const managedFieldsEntry = struct('meta.v1.ManagedFieldsEntry', {
  ...each(string, 'apiVersion fieldsType manager operation subresource'),
  fieldsV1: anything,
  time,
});

export const objectMeta: Struct = struct('meta.v1.ObjectMeta', {
  ...each(stringMap, 'annotations labels'),
  ...each(time, 'creationTimestamp deletionTimestamp'),
  ...each(int64, 'deletionGracePeriodSeconds generation'),
  finalizers: merging(setOf(string), { strategies: ['merge'] }),
  ...each(string, 'name namespace generateName'),
  managedFields: listOf(managedFieldsEntry),
  ownerReferences: listMap(ownerReference, 'uid'),
  ...each(string, 'resourceVersion selfLink uid'),
});

const labelSelectorRequirement = struct('meta.v1.LabelSelectorRequirement', {
  ...each(string, 'key operator'),
  values: strings,
});

export const labelSelector: Struct = atomic(
  struct('meta.v1.LabelSelector', {
    matchExpressions: listOf(labelSelectorRequirement),
    matchLabels: stringMap,
  }),
);

export const localObjectReference: Struct = atomic(
  struct('core.v1.LocalObjectReference', { name: string }),
);

export const objectReference: Struct = atomic(
  struct('core.v1.ObjectReference', {
    ...each(string, 'apiVersion kind name namespace fieldPath resourceVersion uid'),
  }),
);

export const typedLocalObjectReference: Struct = atomic(
  struct('core.v1.TypedLocalObjectReference', { ...each(string, 'kind name apiGroup') }),
);

export const typedObjectReference: Struct = struct('core.v1.TypedObjectReference', {
  ...each(string, 'kind name namespace apiGroup'),
});

export const condition: Struct = struct('meta.v1.Condition', {
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
  observedGeneration: int64,
});
