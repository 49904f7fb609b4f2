import { each, listMap, string, strings, struct, time, type Struct } from '../schema/schema.ts';
import { objectMeta } from './meta.ts';

const namespaceSpec = struct('core.v1.NamespaceSpec', { finalizers: strings });

const namespaceCondition = struct('core.v1.NamespaceCondition', {
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const namespaceStatus = struct('core.v1.NamespaceStatus', {
  conditions: listMap(namespaceCondition, 'type'),
  phase: string,
});

export const namespace: Struct = struct('core.v1.Namespace', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: namespaceSpec,
  status: namespaceStatus,
});
