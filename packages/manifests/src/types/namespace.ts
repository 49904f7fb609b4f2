import { each, object, type Schema } from '../schema/object.ts';
import { listOf, string, strings, time } from '../schema/values.ts';
import { objectMeta } from './meta.ts';

const namespaceSpec = object({ finalizers: strings });

const namespaceCondition = object({
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const namespaceStatus = object({ conditions: listOf(namespaceCondition), phase: string });

export const namespace: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: namespaceSpec,
  status: namespaceStatus,
});
