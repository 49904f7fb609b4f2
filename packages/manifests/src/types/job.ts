import { each, object, type Schema } from '../schema/object.ts';
import { boolean, int32, int64, listOf, string, strings, time } from '../schema/values.ts';
import { labelSelector, objectMeta } from './meta.ts';
import { podTemplateSpec } from './pod.ts';

const podFailurePolicyOnExitCodesRequirement = object({
  ...each(string, 'containerName operator'),
  values: listOf(int32),
});

const podFailurePolicyOnPodConditionsPattern = object({ ...each(string, 'status type') });

const podFailurePolicyRule = object({
  action: string,
  onExitCodes: podFailurePolicyOnExitCodesRequirement,
  onPodConditions: listOf(podFailurePolicyOnPodConditionsPattern),
});

const podFailurePolicy = object({ rules: listOf(podFailurePolicyRule) });

const successPolicyRule = object({ succeededCount: int32, succeededIndexes: string });

const successPolicy = object({ rules: listOf(successPolicyRule) });

const jobSpec = object({
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

const jobCondition = object({
  ...each(time, 'lastProbeTime lastTransitionTime'),
  ...each(string, 'message reason status type'),
});

const uncountedTerminatedPods = object({ ...each(strings, 'failed succeeded') });

const jobStatus = object({
  ...each(int32, 'active failed ready succeeded terminating'),
  ...each(string, 'completedIndexes failedIndexes'),
  ...each(time, 'completionTime startTime'),
  conditions: listOf(jobCondition),
  uncountedTerminatedPods,
});

export const job: Schema = object({
  ...each(string, 'apiVersion kind'),
  metadata: objectMeta,
  spec: jobSpec,
  status: jobStatus,
});

export const jobTemplateSpec: Schema = object({ metadata: objectMeta, spec: jobSpec });
