import {
  atomic,
  each,
  int32,
  int64,
  listMap,
  string,
  stringMap,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const replicationControllerSpec = struct('core.v1.ReplicationControllerSpec', {
  ...each(int32, 'minReadySeconds replicas'),
  selector: atomic(stringMap),
  template: podTemplateSpec,
});

const replicationControllerCondition = struct('core.v1.ReplicationControllerCondition', {
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const replicationControllerStatus = struct('core.v1.ReplicationControllerStatus', {
  ...each(int32, 'availableReplicas fullyLabeledReplicas readyReplicas replicas'),
  conditions: listMap(replicationControllerCondition, 'type'),
  observedGeneration: int64,
});

export const replicationController: Struct = struct('core.v1.ReplicationController', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: replicationControllerSpec,
  status: replicationControllerStatus,
});
