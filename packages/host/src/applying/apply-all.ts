import type { AppliedManifests, ControlPlane } from '@portolan/control-plane';
import type { Resource } from '@portolan/core';

/**
 * Brings manifests in as all that there is. Most of a Pod can't be changed, so one that was refused goes first and comes back
 * as another.
 */
export async function applyAll(
  { applyManifests }: Pick<ControlPlane, 'applyManifests'>,
  resources: readonly Resource[],
): Promise<AppliedManifests> {
  const source = 'manifests';
  const applied = await applyManifests(resources, { source });
  const pods = new Set(
    applied.refused
      .filter(({ ref }) => ref.resource === 'pods')
      .map(({ ref }) => `${ref.namespace}/${ref.name}`),
  );
  if (pods.size === 0) return applied;
  const others = resources.filter(
    ({ kind, metadata: { namespace = 'default', name } }) =>
      kind !== 'Pod' || !pods.has(`${namespace}/${name}`),
  );
  await applyManifests(others, { source });
  return applyManifests(resources, { source });
}
