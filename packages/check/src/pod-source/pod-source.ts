import type {
  Labels,
  ObjectMeta,
  Pod,
  PodSpec,
  Resource,
  Workload,
  WorkloadKind,
} from '@portolan/core';
import type { Manifest } from '@portolan/manifests';

import { nameOf } from '../finding/at.ts';

/** Where Pods come from: a Pod that is given, or the template of a workload. */
export interface PodSource {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** `Deployment shop/web`. */
  readonly called: string;
  /** As written. */
  readonly labels: Labels;
  /** The field that holds the Pod's `metadata` and `spec`: `spec.template`, or empty for a Pod. */
  readonly template: string;
  readonly spec: PodSpec;
  /**
   * How long there are Pods:
   * - `lasting`: as long as the object is there.
   * - `passing`: a Job's, a CronJob's.
   * - `none`: it has no replicas.
   * - `ended`: its containers have.
   */
  readonly presence: 'lasting' | 'passing' | 'none' | 'ended';
  /** Of a Pod: the workload that made it is among the manifests too, and speaks for it. */
  readonly isOwned: boolean;
}

/** All Pods and Pod templates, in the order written; a Deployment's ReplicaSets have the template from it and are left out. */
export function podSources(manifests: readonly Manifest[]): readonly PodSource[] {
  const makers = new Set(manifests.filter(({ resource }) => isWorkload(resource)).map(nameOf));
  return manifests
    .flatMap((manifest) => sourceOf(manifest, makers) ?? [])
    .filter(({ isOwned, template }) => !isOwned || template === '');
}

/** Those that speak for the others where they are there: what makes Pods, rather than each of the Pods that it made. */
export function speakers(sources: readonly PodSource[]): readonly PodSource[] {
  const makers = sources.filter(({ isOwned }) => !isOwned);
  return makers.length === 0 ? sources : makers;
}

/** The path of a field of the Pod, such as `metadata.labels`, in the object that holds it. */
export function fieldOf({ template }: PodSource, field: string): string {
  return template === '' ? field : `${template}.${field}`;
}

/** As `core` wants a Pod where it reads nothing but its `spec`. */
export function asPod({ manifest, spec, labels }: PodSource): Pod {
  const { name, namespace } = manifest.resource.metadata;
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec };
}

function sourceOf(manifest: Manifest, makers: ReadonlySet<string>): PodSource | undefined {
  const { resource } = manifest;
  const namespace = resource.metadata.namespace ?? 'default';
  const common = {
    manifest,
    namespace,
    called: nameOf(manifest),
    isOwned: ownersOf(resource.metadata).some(({ kind, name }) =>
      makers.has(`${kind} ${namespace}/${name}`),
    ),
  };
  if (resource.kind === 'Pod') {
    return {
      ...common,
      labels: resource.metadata.labels ?? {},
      template: '',
      spec: resource.spec,
      presence: presenceOfPod(resource),
    };
  }
  if (!isWorkload(resource)) return undefined;
  const { template, jobTemplate } = resource.spec;
  const made = template ?? jobTemplate?.spec.template;
  if (made === undefined) return undefined;
  return {
    ...common,
    labels: made.metadata?.labels ?? {},
    template: template === undefined ? 'spec.jobTemplate.spec.template' : 'spec.template',
    spec: made.spec,
    presence: presenceOfWorkload(resource),
  };
}

const WORKLOADS: Readonly<Record<WorkloadKind, true>> = {
  CronJob: true,
  DaemonSet: true,
  Deployment: true,
  Job: true,
  ReplicaSet: true,
  ReplicationController: true,
  StatefulSet: true,
};

function isWorkload(resource: Resource): resource is Workload {
  return Object.hasOwn(WORKLOADS, resource.kind);
}

function presenceOfPod({ metadata, status }: Pod): PodSource['presence'] {
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return 'ended';
  return ownersOf(metadata).some(({ kind }) => kind === 'Job') ? 'passing' : 'lasting';
}

function presenceOfWorkload({ kind, spec }: Workload): PodSource['presence'] {
  if (kind === 'Job' || kind === 'CronJob') return 'passing';
  return kind !== 'DaemonSet' && spec.replicas === 0 ? 'none' : 'lasting';
}

/** Source: Kubernetes API reference, OwnerReference v1 meta. */
interface OwnedMeta extends ObjectMeta {
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

function ownersOf(metadata: OwnedMeta): NonNullable<OwnedMeta['ownerReferences']> {
  return metadata.ownerReferences ?? [];
}
