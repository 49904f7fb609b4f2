import {
  each,
  int32,
  int64,
  listMap,
  string,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const replicaSetSpec = struct('apps.v1.ReplicaSetSpec', {
  ...each(int32, 'minReadySeconds replicas'),
  selector: labelSelector,
  template: podTemplateSpec,
});

const replicaSetCondition = struct('apps.v1.ReplicaSetCondition', {
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const replicaSetStatus = struct('apps.v1.ReplicaSetStatus', {
  ...each(
    int32,
    'availableReplicas fullyLabeledReplicas readyReplicas replicas terminatingReplicas',
  ),
  conditions: listMap(replicaSetCondition, 'type'),
  observedGeneration: int64,
});

export const replicaSet: Struct = struct('apps.v1.ReplicaSet', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: replicaSetSpec,
  status: replicaSetStatus,
});
