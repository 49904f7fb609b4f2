import type { CompiledWithStandIns } from '@portolan/compile';
import {
  objectKey,
  objectReference,
  type Container,
  type ObjectKey,
  type ObjectMeta,
  type ObjectReference,
  type Pod,
  type Resource,
} from '@portolan/core';

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
export function ownersOf({ compiled, plan }: CompiledWithStandIns): OwnerOf {
  const given = new Map<ObjectKey, Pod>();
  const replicaSets = new Map<ObjectKey, Resource>();
  // A stand-in has the very list of containers that the template has.
  const templates = new Map<readonly Container[], Resource>();
  for (const { resource } of compiled.manifests) {
    if (resource.kind === 'Pod') given.set(objectKey(resource), resource);
    if (resource.kind === 'ReplicaSet') replicaSets.set(objectKey(resource), resource);
    const containers = templateContainers(resource);
    if (containers) templates.set(containers, resource);
  }
  const standIns = new Map(plan.pods.map((pod) => [objectKey(pod), pod]));

  /** What made an object; a Deployment rather than its ReplicaSet. */
  function makerOf({ metadata }: { readonly metadata: Owned }): ObjectReference | undefined {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
    // A kubelet makes the Pods of its own manifests, and a node is no place to draw them in.
    if (owner === undefined || owner.kind === 'Node') return undefined;
    const namespace = metadata.namespace ?? 'default';
    const made = { kind: owner.kind, namespace, name: owner.name };
    if (owner.kind !== 'ReplicaSet') return made;
    const replicaSet = replicaSets.get(`${namespace}/${owner.name}`);
    return replicaSet
      ? (makerOf(replicaSet) ?? made)
      : (deploymentOf(metadata, owner.name) ?? made);
  }

  return (key) => {
    const pod = given.get(key);
    const template = pod ? undefined : templates.get(standIns.get(key)?.spec.containers ?? []);
    const maker = pod ? makerOf(pod) : template && (makerOf(template) ?? objectReference(template));
    const [namespace = '', name = ''] = key.split('/');
    return maker ?? { kind: 'Pod', namespace, name };
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

function templateContainers(resource: Resource): readonly Container[] | undefined {
  return 'spec' in resource && resource.spec && 'template' in resource.spec
    ? resource.spec.template?.spec.containers
    : undefined;
}
