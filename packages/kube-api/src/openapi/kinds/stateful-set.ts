import {
  each,
  int32,
  int64,
  intOrString,
  listMap,
  listOf,
  string,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { persistentVolumeClaim } from './persistent-volume-claim.ts';
import { podTemplateSpec } from './pod.ts';

const statefulSetOrdinals = struct('apps.v1.StatefulSetOrdinals', { start: int32 });

const statefulSetPersistentVolumeClaimRetentionPolicy = struct(
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy',
  {
    ...each(string, 'whenDeleted whenScaled'),
  },
);

const rollingUpdateStatefulSetStrategy = struct('apps.v1.RollingUpdateStatefulSetStrategy', {
  maxUnavailable: intOrString,
  partition: int32,
});

const statefulSetUpdateStrategy = struct('apps.v1.StatefulSetUpdateStrategy', {
  rollingUpdate: rollingUpdateStatefulSetStrategy,
  type: string,
});

const statefulSetSpec = struct('apps.v1.StatefulSetSpec', {
  ...each(int32, 'minReadySeconds replicas revisionHistoryLimit'),
  ordinals: statefulSetOrdinals,
  persistentVolumeClaimRetentionPolicy: statefulSetPersistentVolumeClaimRetentionPolicy,
  ...each(string, 'podManagementPolicy serviceName'),
  selector: labelSelector,
  template: podTemplateSpec,
  updateStrategy: statefulSetUpdateStrategy,
  volumeClaimTemplates: listOf(persistentVolumeClaim),
});

const statefulSetCondition = struct('apps.v1.StatefulSetCondition', {
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const statefulSetStatus = struct('apps.v1.StatefulSetStatus', {
  ...each(
    int32,
    'availableReplicas collisionCount currentReplicas readyReplicas replicas updatedReplicas',
  ),
  conditions: listMap(statefulSetCondition, 'type'),
  ...each(string, 'currentRevision updateRevision'),
  observedGeneration: int64,
});

export const statefulSet: Struct = struct('apps.v1.StatefulSet', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: statefulSetSpec,
  status: statefulSetStatus,
});
