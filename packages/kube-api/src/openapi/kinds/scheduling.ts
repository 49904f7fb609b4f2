import {
  atomic,
  each,
  int32,
  int64,
  listOf,
  string,
  strings,
  struct,
  type Struct,
} from '../schema/schema.ts';
import { labelSelector } from './meta.ts';

const nodeSelectorRequirement = struct('core.v1.NodeSelectorRequirement', {
  ...each(string, 'key operator'),
  values: strings,
});

const nodeSelectorTerm = atomic(
  struct('core.v1.NodeSelectorTerm', {
    ...each(listOf(nodeSelectorRequirement), 'matchExpressions matchFields'),
  }),
);

const nodeSelector = atomic(
  struct('core.v1.NodeSelector', { nodeSelectorTerms: listOf(nodeSelectorTerm) }),
);

const preferredSchedulingTerm = struct('core.v1.PreferredSchedulingTerm', {
  preference: nodeSelectorTerm,
  weight: int32,
});

const nodeAffinity = struct('core.v1.NodeAffinity', {
  preferredDuringSchedulingIgnoredDuringExecution: listOf(preferredSchedulingTerm),
  requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
});

const podAffinityTerm = struct('core.v1.PodAffinityTerm', {
  ...each(labelSelector, 'labelSelector namespaceSelector'),
  ...each(strings, 'matchLabelKeys mismatchLabelKeys namespaces'),
  topologyKey: string,
});

const weightedPodAffinityTerm = struct('core.v1.WeightedPodAffinityTerm', {
  podAffinityTerm,
  weight: int32,
});

const podAffinity = struct('core.v1.PodAffinity', {
  preferredDuringSchedulingIgnoredDuringExecution: listOf(weightedPodAffinityTerm),
  requiredDuringSchedulingIgnoredDuringExecution: listOf(podAffinityTerm),
});

const podAntiAffinity = struct('core.v1.PodAntiAffinity', {
  preferredDuringSchedulingIgnoredDuringExecution: listOf(weightedPodAffinityTerm),
  requiredDuringSchedulingIgnoredDuringExecution: listOf(podAffinityTerm),
});

export const affinity: Struct = struct('core.v1.Affinity', {
  nodeAffinity,
  podAffinity,
  podAntiAffinity,
});

export const toleration: Struct = struct('core.v1.Toleration', {
  ...each(string, 'effect key operator value'),
  tolerationSeconds: int64,
});

export const topologySpreadConstraint: Struct = struct('core.v1.TopologySpreadConstraint', {
  labelSelector,
  matchLabelKeys: strings,
  ...each(int32, 'maxSkew minDomains'),
  ...each(string, 'nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable'),
});

export const podSchedulingGate: Struct = struct('core.v1.PodSchedulingGate', { name: string });

export const podSchedulingGroup: Struct = struct('core.v1.PodSchedulingGroup', {
  podGroupName: string,
});
