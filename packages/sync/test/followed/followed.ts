import type { Store, StoredObject } from '@portolan/store';

import type { TestTarget } from '../target/target.ts';

const RESOURCES = [
  'services',
  'nodes',
  'endpointslices.discovery.k8s.io',
  'ingresses.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
];

/** What both sides have to agree upon, sorted. */
function essence(objects: readonly StoredObject[]): readonly string[] {
  return objects
    .map(({ kind, metadata, spec, endpoints, ports }) =>
      JSON.stringify([
        kind,
        metadata.namespace,
        metadata.name,
        metadata.uid,
        kind === 'Node' ? null : spec,
        endpoints,
        ports,
      ]),
    )
    .toSorted();
}

/** What a control plane is to hold of a cluster: told apart from how a sync finds it out. */
export function expected(cluster: Store): readonly string[] {
  return essence(RESOURCES.flatMap((resource) => cluster.list(resource)));
}

/** What it holds. */
export function actual(target: TestTarget): readonly string[] {
  return essence(target.objects('east'));
}
