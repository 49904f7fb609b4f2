import {
  each,
  int32,
  int64,
  intOrString,
  listMap,
  string,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const rollingUpdateDaemonSet = struct('apps.v1.RollingUpdateDaemonSet', {
  ...each(intOrString, 'maxSurge maxUnavailable'),
});

const daemonSetUpdateStrategy = struct('apps.v1.DaemonSetUpdateStrategy', {
  rollingUpdate: rollingUpdateDaemonSet,
  type: string,
});

const daemonSetSpec = struct('apps.v1.DaemonSetSpec', {
  ...each(int32, 'minReadySeconds revisionHistoryLimit'),
  selector: labelSelector,
  template: podTemplateSpec,
  updateStrategy: daemonSetUpdateStrategy,
});

const daemonSetCondition = struct('apps.v1.DaemonSetCondition', {
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const daemonSetStatus = struct('apps.v1.DaemonSetStatus', {
  ...each(
    int32,
    'collisionCount currentNumberScheduled desiredNumberScheduled updatedNumberScheduled',
  ),
  ...each(int32, 'numberAvailable numberMisscheduled numberReady numberUnavailable'),
  conditions: listMap(daemonSetCondition, 'type'),
  observedGeneration: int64,
});

export const daemonSet: Struct = struct('apps.v1.DaemonSet', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: daemonSetSpec,
  status: daemonSetStatus,
});
