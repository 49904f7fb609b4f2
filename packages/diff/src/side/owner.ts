import type { CompiledWithStandIns } from '@portolan/compile';
import { objectKey, type Container, type ObjectKey, type Resource } from '@portolan/core';

/**
 * What each stand-in is called here, by the key of its Pod: the workload that it is made for, or, where a manifest gives
 * the Pod, that one. A stand-in's own name and address say nothing: they follow from hashes.
 */
export function standInOwners({
  compiled,
  plan,
}: CompiledWithStandIns): ReadonlyMap<ObjectKey, string> {
  // A Pod made from a template has the template's own list of containers.
  const workloads = new Map<readonly Container[], string>();
  const given = new Set<ObjectKey>();
  for (const { resource } of compiled.manifests) {
    const containers = templateContainers(resource);
    if (containers) workloads.set(containers, `${resource.kind} ${objectKey(resource)}`);
    if (resource.kind === 'Pod') given.add(objectKey(resource));
  }
  return new Map(
    plan.pods.map((pod) => {
      const key = objectKey(pod);
      const workload = given.has(key) ? undefined : workloads.get(pod.spec.containers);
      return [key, workload ?? `Pod ${key}`];
    }),
  );
}

function templateContainers(resource: Resource): readonly Container[] | undefined {
  return 'spec' in resource && resource.spec && 'template' in resource.spec
    ? resource.spec.template?.spec.containers
    : undefined;
}
