import { each, object, type Schema } from '../schema/object.ts';
import { int32, int64, listOf, string, time } from '../schema/values.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const replicaSetSpec = object({
  ...each(int32, 'minReadySeconds replicas'),
  selector: labelSelector,
  template: podTemplateSpec,
});

const replicaSetCondition = object({
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const replicaSetStatus = object({
  ...each(
    int32,
    'availableReplicas fullyLabeledReplicas readyReplicas replicas terminatingReplicas',
  ),
  conditions: listOf(replicaSetCondition),
  observedGeneration: int64,
});

export const replicaSet: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: replicaSetSpec,
  status: replicaSetStatus,
});
