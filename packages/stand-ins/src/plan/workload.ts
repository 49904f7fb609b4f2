import { objectKey } from '@portolan/core';
import type {
  Labels,
  Node,
  ObjectKey,
  Pod,
  PodSpec,
  PodTemplate,
  Resource,
  Workload,
  WorkloadKind,
  WorkloadSpec,
} from '@portolan/core';

import { generateName, MAX_PREFIX_LENGTH, templateHash } from './name.ts';
import { nodeNameFor, nodesFor } from './node.ts';
import { isActive } from './pod.ts';

/** What a workload's Pods depend on besides the workload. */
export interface Surroundings {
  /** Sorted by name; at least one. */
  readonly nodes: readonly Node[];
  /** The Pods that the workload has made already. */
  readonly owned: readonly Pod[];
  /** The keys of all Pods so far; those of the new ones are added. */
  readonly taken: Set<ObjectKey>;
}

/** What one Pod has that the template doesn't say. */
interface Draft {
  readonly name: { readonly fixed: string } | { readonly prefix: string };
  /** Tells this Pod from the workload's others. */
  readonly id: string;
  readonly labels?: Labels;
  readonly spec?: Partial<PodSpec>;
}

type Controller = (
  workload: Workload,
  template: PodTemplate,
  surroundings: Surroundings,
) => readonly Draft[];

const CONTROLLERS: Readonly<Record<WorkloadKind, Controller>> = {
  Deployment: deployment,
  ReplicaSet: replicaSet,
  ReplicationController: replicaSet,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  Job: job,
  // It makes Jobs, and none before its time has come.
  CronJob: () => [],
};

export function isWorkload(resource: Resource): resource is Workload {
  return Object.hasOwn(CONTROLLERS, resource.kind);
}

/** `Kind/namespace/name`. */
export function workloadKey(workload: Workload): string {
  return `${workload.kind}/${objectKey(workload)}`;
}

/**
 * The Pods that a workload's controller would make on top of those it has: from its template, named and labelled as it
 * would, placed on a node, without status.
 */
export function makePods(workload: Workload, surroundings: Surroundings): readonly Pod[] {
  const { template } = workload.spec;
  if (template === undefined) return [];
  const { nodes, taken } = surroundings;
  const group = workloadKey(workload);
  const namespace = workload.metadata.namespace ?? 'default';
  return CONTROLLERS[workload.kind](workload, template, surroundings).map((draft, index): Pod => {
    const name =
      'fixed' in draft.name
        ? draft.name.fixed
        : generateName(namespace, draft.name.prefix, `${group}/${draft.id}`, taken);
    taken.add(`${namespace}/${name}`);
    const labels = { ...template.metadata?.labels, ...draft.labels };
    const spec = { ...template.spec, ...draft.spec };
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name, namespace, labels },
      spec: { ...spec, nodeName: nodeNameFor(spec, nodes, group, index) },
    };
  });
}

function deployment(
  { metadata, spec }: Workload,
  template: PodTemplate,
  { owned }: Surroundings,
): readonly Draft[] {
  const hash = templateHash(template);
  return missingReplicas(spec, owned).map((id) => ({
    name: { prefix: `${metadata.name}-${hash}-` },
    id,
    labels: { 'pod-template-hash': hash },
  }));
}

function replicaSet(
  { metadata, spec }: Workload,
  _template: PodTemplate,
  { owned }: Surroundings,
): readonly Draft[] {
  return missingReplicas(spec, owned).map((id) => ({ name: { prefix: `${metadata.name}-` }, id }));
}

/** Source: Kubernetes, StatefulSet basics, "Pod Identity". */
function statefulSet(
  { metadata, spec }: Workload,
  _template: PodTemplate,
  { taken }: Surroundings,
): readonly Draft[] {
  return count(spec.replicas ?? 1).flatMap((offset) => {
    const index = String((spec.ordinals?.start ?? 0) + offset);
    const name = `${metadata.name}-${index}`;
    if (taken.has(`${metadata.namespace ?? 'default'}/${name}`)) return [];
    const labels = {
      'apps.kubernetes.io/pod-index': index,
      'statefulset.kubernetes.io/pod-name': name,
    };
    const identity = { hostname: name, subdomain: spec.serviceName ?? '' };
    return [{ name: { fixed: name }, id: index, labels, spec: identity }];
  });
}

/** One for each node that has none. */
function daemonSet(
  { metadata }: Workload,
  template: PodTemplate,
  { nodes, owned }: Surroundings,
): readonly Draft[] {
  const covered = new Set(owned.filter(isActive).map(({ spec }) => spec.nodeName));
  return nodesFor(template.spec, nodes)
    .map((node) => node.metadata.name)
    .filter((nodeName) => !covered.has(nodeName))
    .map((nodeName) => ({
      name: { prefix: `${metadata.name}-` },
      id: nodeName,
      spec: { nodeName },
    }));
}

/** Source: Kubernetes API reference, JobSpec v1 batch; narrowed to what is read besides `parallelism`. */
interface JobSpec extends WorkloadSpec {
  readonly completions?: number;
  readonly completionMode?: string;
  readonly suspend?: boolean;
}

function job(
  workload: Workload,
  _template: PodTemplate,
  { owned }: Surroundings,
): readonly Draft[] {
  const { name } = workload.metadata;
  const spec: JobSpec = workload.spec;
  const labels = { 'batch.kubernetes.io/job-name': name, 'job-name': name };
  return missingOfJob(spec, owned).map((index) => {
    if (spec.completionMode !== 'Indexed') {
      return { name: { prefix: `${name}-` }, id: index, labels };
    }
    const ending = `-${index}-`;
    return {
      name: { prefix: name.slice(0, MAX_PREFIX_LENGTH - ending.length) + ending },
      id: index,
      labels: { ...labels, 'batch.kubernetes.io/job-completion-index': index },
      spec: { hostname: `${name}-${index}` },
    };
  });
}

/** As many as may run at once, and no more than completions are missing. */
function missingOfJob(spec: JobSpec, owned: readonly Pod[]): readonly string[] {
  if (spec.suspend === true) return [];
  const succeeded = owned.filter(({ status }) => status?.phase === 'Succeeded').length;
  const completions = (spec.completions ?? Infinity) - succeeded;
  const wanted = Math.min(spec.parallelism ?? 1, completions);
  return count(wanted - owned.filter(isActive).length).map(String);
}

function missingReplicas(spec: WorkloadSpec, owned: readonly Pod[]): readonly string[] {
  return count((spec.replicas ?? 1) - owned.filter(isActive).length).map(String);
}

/** 0 to `length - 1`; nothing for a negative length. */
function count(length: number): readonly number[] {
  return Array.from({ length: Math.max(0, length) }, (_, index) => index);
}
