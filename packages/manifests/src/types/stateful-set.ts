import { each, object, type Schema } from '../schema/object.ts';
import { int32, int64, intOrString, listOf, string, time } from '../schema/values.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { persistentVolumeClaim } from './persistent-volume-claim.ts';
import { podTemplateSpec } from './pod.ts';

const statefulSetOrdinals = object({ start: int32 });

const statefulSetPersistentVolumeClaimRetentionPolicy = object({
  ...each(string, 'whenDeleted whenScaled'),
});

const rollingUpdateStatefulSetStrategy = object({ maxUnavailable: intOrString, partition: int32 });

const statefulSetUpdateStrategy = object({
  rollingUpdate: rollingUpdateStatefulSetStrategy,
  type: string,
});

const statefulSetSpec = object({
  ...each(int32, 'minReadySeconds replicas revisionHistoryLimit'),
  ordinals: statefulSetOrdinals,
  persistentVolumeClaimRetentionPolicy: statefulSetPersistentVolumeClaimRetentionPolicy,
  ...each(string, 'podManagementPolicy serviceName'),
  selector: labelSelector,
  template: podTemplateSpec,
  updateStrategy: statefulSetUpdateStrategy,
  volumeClaimTemplates: listOf(persistentVolumeClaim),
});

const statefulSetCondition = object({
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const statefulSetStatus = object({
  ...each(
    int32,
    'availableReplicas collisionCount currentReplicas readyReplicas replicas updatedReplicas',
  ),
  conditions: listOf(statefulSetCondition),
  ...each(string, 'currentRevision updateRevision'),
  observedGeneration: int64,
});

export const statefulSet: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: statefulSetSpec,
  status: statefulSetStatus,
});
