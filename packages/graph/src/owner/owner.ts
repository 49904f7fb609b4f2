import type { CompiledWithStandIns } from '@portolan/compile';
import { objectKey, type ObjectKey, type ObjectMeta, type ObjectReference } from '@portolan/core';

/** Source: Kubernetes API reference, OwnerReference v1 meta. */
interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly controller?: boolean;
}

type Owned = ObjectMeta & { readonly ownerReferences?: readonly OwnerReference[] };

/** Under which object the Pod of a name is drawn: its workload, or itself. */
export type OwnerOf = (pod: ObjectKey) => ObjectReference;

/**
 * Finds the workload of each Pod: of a stand-in the one that it is made for, of a given Pod its controller, and of a
 * ReplicaSet the Deployment that made it.
 */
export function ownersOf({ compiled, plan: { owners } }: CompiledWithStandIns): OwnerOf {
  const given = new Map(
    compiled.manifests.map(({ resource }) => [`${resource.kind} ${objectKey(resource)}`, resource]),
  );

  /** What made an object; a Deployment rather than its ReplicaSet. */
  function makerOf({ metadata }: { readonly metadata: Owned }): ObjectReference | undefined {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
    // A kubelet makes the Pods of its own manifests, and a node is no place to draw them in.
    if (owner === undefined || owner.kind === 'Node') return undefined;
    const namespace = metadata.namespace ?? 'default';
    const made = { kind: owner.kind, namespace, name: owner.name };
    if (owner.kind !== 'ReplicaSet') return made;
    const replicaSet = given.get(`ReplicaSet ${namespace}/${owner.name}`);
    return replicaSet
      ? (makerOf(replicaSet) ?? made)
      : (deploymentOf(metadata, owner.name) ?? made);
  }

  return (key) => {
    const [podNamespace = '', podName = ''] = key.split('/');
    const pod = { kind: 'Pod', namespace: podNamespace, name: podName };
    const { kind, namespace, name } = owners[key] ?? pod;
    const object = given.get(`${kind} ${namespace}/${name}`);
    return (object && makerOf(object)) ?? { kind, namespace, name };
  };
}

/** A Deployment's ReplicaSets are called as it is, with a hash that is a label of their Pods. */
function deploymentOf(
  { labels, namespace = 'default' }: Owned,
  replicaSet: string,
): ObjectReference | undefined {
  const ending = `-${labels?.['pod-template-hash'] ?? ''}`;
  if (ending === '-' || !replicaSet.endsWith(ending)) return undefined;
  return { kind: 'Deployment', namespace, name: replicaSet.slice(0, -ending.length) };
}
