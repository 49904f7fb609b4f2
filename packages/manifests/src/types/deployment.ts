import { each, object, type Schema } from '../schema/object.ts';
import { boolean, int32, int64, intOrString, listOf, string, time } from '../schema/values.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const rollingUpdateDeployment = object({ ...each(intOrString, 'maxSurge maxUnavailable') });

const deploymentStrategy = object({ rollingUpdate: rollingUpdateDeployment, type: string });

const deploymentSpec = object({
  ...each(int32, 'minReadySeconds progressDeadlineSeconds replicas revisionHistoryLimit'),
  paused: boolean,
  selector: labelSelector,
  strategy: deploymentStrategy,
  template: podTemplateSpec,
});

const deploymentCondition = object({
  ...each(time, 'lastTransitionTime lastUpdateTime'),
  ...each(string, 'message reason status type'),
});

const deploymentStatus = object({
  ...each(int32, 'collisionCount replicas availableReplicas readyReplicas'),
  ...each(int32, 'terminatingReplicas unavailableReplicas updatedReplicas'),
  conditions: listOf(deploymentCondition),
  observedGeneration: int64,
});

export const deployment: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: deploymentSpec,
  status: deploymentStatus,
});
