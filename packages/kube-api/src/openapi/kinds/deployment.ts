import {
  boolean,
  each,
  int32,
  int64,
  intOrString,
  listMap,
  merging,
  string,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const rollingUpdateDeployment = struct('apps.v1.RollingUpdateDeployment', {
  ...each(intOrString, 'maxSurge maxUnavailable'),
});

const deploymentStrategy = struct('apps.v1.DeploymentStrategy', {
  rollingUpdate: rollingUpdateDeployment,
  type: string,
});

const deploymentSpec = struct('apps.v1.DeploymentSpec', {
  ...each(int32, 'minReadySeconds progressDeadlineSeconds replicas revisionHistoryLimit'),
  paused: boolean,
  selector: labelSelector,
  strategy: merging(deploymentStrategy, { strategies: ['retainKeys'] }),
  template: podTemplateSpec,
});

const deploymentCondition = struct('apps.v1.DeploymentCondition', {
  ...each(time, 'lastTransitionTime lastUpdateTime'),
  ...each(string, 'message reason status type'),
});

const deploymentStatus = struct('apps.v1.DeploymentStatus', {
  ...each(int32, 'collisionCount replicas availableReplicas readyReplicas'),
  ...each(int32, 'terminatingReplicas unavailableReplicas updatedReplicas'),
  conditions: listMap(deploymentCondition, 'type'),
  observedGeneration: int64,
});

export const deployment: Struct = struct('apps.v1.Deployment', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: deploymentSpec,
  status: deploymentStatus,
});
