import type { ObjectMeta, Pod, Workload } from '@portolan/core';

import { workloadKey } from './workload.ts';

/** Source: Kubernetes API reference, OwnerReference v1 meta. */
interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly controller?: boolean;
}

/** Which of the given objects made which. */
export interface Ownership {
  /** Whether another given workload answers for this one's Pods: a Deployment for its ReplicaSet's. */
  readonly isOwned: (workload: Workload) => boolean;
  /** The given Pods that a workload has made, itself or through its ReplicaSets. */
  readonly podsOf: (workload: Workload) => readonly Pod[];
}

/** Reads `metadata.ownerReferences`. An owner that isn't given owns nothing. */
export function ownership(workloads: readonly Workload[], pods: readonly Pod[]): Ownership {
  const byKey = new Map(workloads.map((workload) => [workloadKey(workload), workload]));

  // A CronJob makes no Pods itself: its Jobs answer for their own.
  function ownerOf(object: Pod | Workload): Workload | undefined {
    const reference = controllerOf(object.metadata);
    if (reference === undefined || reference.kind === 'CronJob') return undefined;
    const namespace = object.metadata.namespace ?? 'default';
    return byKey.get(`${reference.kind}/${namespace}/${reference.name}`);
  }

  const owned = new Map<Workload, Pod[]>();
  for (const pod of pods) {
    const direct = ownerOf(pod);
    const owner = direct === undefined ? undefined : (ownerOf(direct) ?? direct);
    if (owner === undefined) continue;
    const others = owned.get(owner);
    if (others === undefined) owned.set(owner, [pod]);
    else others.push(pod);
  }

  return {
    isOwned: (workload) => ownerOf(workload) !== undefined,
    podsOf: (workload) => owned.get(workload) ?? [],
  };
}

function controllerOf(
  metadata: ObjectMeta & { readonly ownerReferences?: readonly OwnerReference[] },
): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}
