import { each, object, type Schema } from '../schema/object.ts';
import {
  anything,
  boolean,
  int64,
  listOf,
  string,
  stringMap,
  stringOmitEmpty,
  strings,
  time,
} from '../schema/values.ts';

const ownerReference = object({
  ...each(string, 'apiVersion kind name uid'),
  ...each(boolean, 'blockOwnerDeletion controller'),
});

const managedFieldsEntry = object({
  ...each(string, 'apiVersion fieldsType manager operation subresource'),
  fieldsV1: anything,
  time,
});

export const objectMeta: Schema = object({
  ...each(stringMap, 'annotations labels'),
  ...each(time, 'creationTimestamp deletionTimestamp'),
  ...each(int64, 'deletionGracePeriodSeconds generation'),
  finalizers: strings,
  ...each(stringOmitEmpty, 'name namespace generateName'),
  managedFields: listOf(managedFieldsEntry),
  ownerReferences: listOf(ownerReference),
  ...each(string, 'resourceVersion selfLink uid'),
});

const labelSelectorRequirement = object({ ...each(string, 'key operator'), values: strings });

export const labelSelector: Schema = object({
  matchExpressions: listOf(labelSelectorRequirement),
  matchLabels: stringMap,
});

export const localObjectReference: Schema = object({ name: string });

export const objectReference: Schema = object({
  ...each(string, 'apiVersion kind name namespace fieldPath resourceVersion uid'),
});

export const typedLocalObjectReference: Schema = object({ ...each(string, 'kind name apiGroup') });

export const typedObjectReference: Schema = object({
  ...each(string, 'kind name namespace apiGroup'),
});

export const condition: Schema = object({
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
  observedGeneration: int64,
});
