import { each, object, type Schema } from '../schema/object.ts';
import { int32, int64, listOf, string, stringMap, time } from '../schema/values.ts';
import { objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const replicationControllerSpec = object({
  ...each(int32, 'minReadySeconds replicas'),
  selector: stringMap,
  template: podTemplateSpec,
});

const replicationControllerCondition = object({
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const replicationControllerStatus = object({
  ...each(int32, 'availableReplicas fullyLabeledReplicas readyReplicas replicas'),
  conditions: listOf(replicationControllerCondition),
  observedGeneration: int64,
});

export const replicationController: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: replicationControllerSpec,
  status: replicationControllerStatus,
});
