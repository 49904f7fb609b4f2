import type { CompiledWithStandIns } from '@portolan/compile';
import { objectKey, objectReference, type ObjectKey } from '@portolan/core';

/**
 * What each stand-in is called here, by the key of its Pod: the workload that it is made for, or, where a manifest gives
 * the Pod, that one. A stand-in's own name and address say nothing: they follow from hashes.
 */
export function standInOwners({
  plan: { pods, owners },
}: Pick<CompiledWithStandIns, 'plan'>): ReadonlyMap<ObjectKey, string> {
  return new Map(
    pods.map((pod) => {
      const key = objectKey(pod);
      const { kind, namespace, name } = owners[key] ?? objectReference(pod);
      return [key, `${kind} ${namespace}/${name}`];
    }),
  );
}
