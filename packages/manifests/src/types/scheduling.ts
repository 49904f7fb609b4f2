import { each, object, type Schema } from '../schema/object.ts';
import { int32, int64, listOf, string, strings } from '../schema/values.ts';
import { labelSelector } from './meta.ts';

const nodeSelectorRequirement = object({ ...each(string, 'key operator'), values: strings });

const nodeSelectorTerm = object({
  ...each(listOf(nodeSelectorRequirement), 'matchExpressions matchFields'),
});

const nodeSelector = object({ nodeSelectorTerms: listOf(nodeSelectorTerm) });

const preferredSchedulingTerm = object({ preference: nodeSelectorTerm, weight: int32 });

const nodeAffinity = object({
  preferredDuringSchedulingIgnoredDuringExecution: listOf(preferredSchedulingTerm),
  requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
});

const podAffinityTerm = object({
  ...each(labelSelector, 'labelSelector namespaceSelector'),
  ...each(strings, 'matchLabelKeys mismatchLabelKeys namespaces'),
  topologyKey: string,
});

const weightedPodAffinityTerm = object({ podAffinityTerm, weight: int32 });

const podAffinity = object({
  preferredDuringSchedulingIgnoredDuringExecution: listOf(weightedPodAffinityTerm),
  requiredDuringSchedulingIgnoredDuringExecution: listOf(podAffinityTerm),
});

const podAntiAffinity = object({
  preferredDuringSchedulingIgnoredDuringExecution: listOf(weightedPodAffinityTerm),
  requiredDuringSchedulingIgnoredDuringExecution: listOf(podAffinityTerm),
});

export const affinity: Schema = object({ nodeAffinity, podAffinity, podAntiAffinity });

export const toleration: Schema = object({
  ...each(string, 'effect key operator value'),
  tolerationSeconds: int64,
});

export const topologySpreadConstraint: Schema = object({
  labelSelector,
  matchLabelKeys: strings,
  ...each(int32, 'maxSkew minDomains'),
  ...each(string, 'nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable'),
});

export const podSchedulingGate: Schema = object({ name: string });

export const podSchedulingGroup: Schema = object({ podGroupName: string });
