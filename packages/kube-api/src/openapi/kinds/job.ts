import {
  boolean,
  each,
  int32,
  int64,
  listOf,
  merging,
  setOf,
  string,
  struct,
  time,
  type Struct,
} from '../schema/schema.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const podFailurePolicyOnExitCodesRequirement = struct(
  'batch.v1.PodFailurePolicyOnExitCodesRequirement',
  {
    ...each(string, 'containerName operator'),
    values: setOf(int32),
  },
);

const podFailurePolicyOnPodConditionsPattern = struct(
  'batch.v1.PodFailurePolicyOnPodConditionsPattern',
  { ...each(string, 'status type') },
);

const podFailurePolicyRule = struct('batch.v1.PodFailurePolicyRule', {
  action: string,
  onExitCodes: podFailurePolicyOnExitCodesRequirement,
  onPodConditions: listOf(podFailurePolicyOnPodConditionsPattern),
});

const podFailurePolicy = struct('batch.v1.PodFailurePolicy', {
  rules: listOf(podFailurePolicyRule),
});

const successPolicyRule = struct('batch.v1.SuccessPolicyRule', {
  succeededCount: int32,
  succeededIndexes: string,
});

const successPolicy = struct('batch.v1.SuccessPolicy', { rules: listOf(successPolicyRule) });

const jobSpec = struct('batch.v1.JobSpec', {
  activeDeadlineSeconds: int64,
  ...each(int32, 'backoffLimit backoffLimitPerIndex completions maxFailedIndexes'),
  ...each(int32, 'parallelism ttlSecondsAfterFinished'),
  ...each(string, 'completionMode managedBy podReplacementPolicy'),
  ...each(boolean, 'manualSelector suspend'),
  podFailurePolicy,
  selector: labelSelector,
  successPolicy,
  template: podTemplateSpec,
});

const jobCondition = struct('batch.v1.JobCondition', {
  ...each(time, 'lastProbeTime lastTransitionTime'),
  ...each(string, 'message reason status type'),
});

const uncountedTerminatedPods = struct('batch.v1.UncountedTerminatedPods', {
  ...each(setOf(string), 'failed succeeded'),
});

const jobStatus = struct('batch.v1.JobStatus', {
  ...each(int32, 'active failed ready succeeded terminating'),
  ...each(string, 'completedIndexes failedIndexes'),
  ...each(time, 'completionTime startTime'),
  conditions: merging(listOf(jobCondition), { strategies: ['merge'], mergeKey: 'type' }),
  uncountedTerminatedPods,
});

export const job: Struct = struct('batch.v1.Job', {
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: jobSpec,
  status: jobStatus,
});

export const jobTemplateSpec: Struct = struct('batch.v1.JobTemplateSpec', {
  metadata: objectMeta,
  spec: jobSpec,
});
