import { each, object, type Schema } from '../schema/object.ts';
import { int32, int64, intOrString, listOf, string, time } from '../schema/values.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const rollingUpdateDaemonSet = object({ ...each(intOrString, 'maxSurge maxUnavailable') });

const daemonSetUpdateStrategy = object({ rollingUpdate: rollingUpdateDaemonSet, type: string });

const daemonSetSpec = object({
  ...each(int32, 'minReadySeconds revisionHistoryLimit'),
  selector: labelSelector,
  template: podTemplateSpec,
  updateStrategy: daemonSetUpdateStrategy,
});

const daemonSetCondition = object({
  lastTransitionTime: time,
  ...each(string, 'message reason status type'),
});

const daemonSetStatus = object({
  ...each(
    int32,
    'collisionCount currentNumberScheduled desiredNumberScheduled updatedNumberScheduled',
  ),
  ...each(int32, 'numberAvailable numberMisscheduled numberReady numberUnavailable'),
  conditions: listOf(daemonSetCondition),
  observedGeneration: int64,
});

export const daemonSet: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: daemonSetSpec,
  status: daemonSetStatus,
});
