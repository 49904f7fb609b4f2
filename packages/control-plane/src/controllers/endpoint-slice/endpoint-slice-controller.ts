import {
  isFromSource,
  endpointSetsFromPods,
  hasSelector,
  objectKey,
  ServiceSelectors,
  ZONE_LABEL,
  type EndpointSet,
  type Node,
  type ObjectKey,
  type ServiceTypeRegistry,
} from '@portolan/core';
import type { Change, Store, StoredObject } from '@portolan/store';

import { removal } from '../../store/expected.ts';
import { newIdentity } from '../../store/new-identity.ts';
import { isStored, type Stored } from '../../store/stored-resource.ts';
import type { Controller } from '../controller/controller.ts';
import { derivedFor, isDerived } from './derived-slice.ts';
import { createPodIndex } from './pod-index.ts';
import { sliceWrites } from './slice-writes.ts';
import { wantedSlices } from './wanted-slices.ts';

const SLICES = 'endpointslices.discovery.k8s.io';

/**
 * EndpointSlices of Services that select their Pods, as the EndpointSlice controller of kube-controller-manager makes them. A
 * Service without a selector, one that was synced from elsewhere, and slices of other managers are left alone.
 */
export function endpointSliceController(store: Store, registry: ServiceTypeRegistry): Controller {
  const pods = createPodIndex();
  const selectors = new ServiceSelectors();
  const derived = new Map<ObjectKey, Set<string>>();

  const servicesOf = (pod: StoredObject | undefined): readonly ObjectKey[] =>
    pod ? selectors.matching(pod) : [];

  const noteService = (service: StoredObject, isThere: boolean): void => {
    if (isThere && isStored(service, 'Service')) selectors.set(service);
    else selectors.delete(objectKey(service));
  };
  const noteSlice = (slice: StoredObject | undefined, isThere: boolean): readonly ObjectKey[] => {
    const service = derivedFor(slice);
    if (slice === undefined || service === undefined) return [];
    const key: ObjectKey = `${slice.metadata.namespace ?? ''}/${service}`;
    const names = derived.get(key) ?? new Set();
    derived.set(key, names);
    if (isThere) names.add(slice.metadata.name);
    else names.delete(slice.metadata.name);
    if (names.size === 0) derived.delete(key);
    return [key];
  };
  const concerns = ({ type, ref, object, previous }: Change): readonly ObjectKey[] => {
    const isThere = type !== 'DELETED';
    switch (ref.resource) {
      case 'pods':
        if (previous) pods.remove(previous);
        if (isThere) pods.add(object);
        else pods.remove(object);
        return [...servicesOf(previous), ...servicesOf(object)];
      case 'services':
        noteService(object, isThere);
        return [objectKey(object)];
      case SLICES:
        return [...noteSlice(previous, false), ...noteSlice(object, isThere)];
      case 'nodes':
        return zoneOf(previous) === zoneOf(isThere ? object : undefined) ? [] : [...derived.keys()];
      default:
        return [];
    }
  };

  const podsOf = (service: Stored<'Service'>): readonly Stored<'Pod'>[] => {
    const { namespace = '' } = service.metadata;
    return pods.having(namespace, service.spec.selector ?? {}).flatMap((name) => {
      const pod = store.get({ resource: 'pods', namespace, name });
      return isStored(pod, 'Pod') ? [pod] : [];
    });
  };
  const nodesOf = (selected: readonly Stored<'Pod'>[]): ReadonlyMap<string, Node> => {
    const names = new Set(selected.flatMap(({ spec }) => spec.nodeName ?? []));
    return new Map(
      [...names].flatMap((name): [string, Node][] => {
        const node = store.get({ resource: 'nodes', namespace: '', name });
        return isStored(node, 'Node') ? [[name, node]] : [];
      }),
    );
  };
  /** The endpoint sets of a Service whose type takes those that are discovered, `undefined` for one of another type. */
  const setsOf = (
    service: Stored<'Service'>,
    selected: readonly Stored<'Pod'>[],
  ): readonly EndpointSet[] | undefined => {
    let sets: readonly EndpointSet[] | undefined;
    const discovered = (): readonly EndpointSet[] =>
      (sets ??= endpointSetsFromPods(service, selected, nodesOf(selected)));
    registry.endpoints(service, { discovered }, { nodes: [], clusterDomain: '' });
    return sets;
  };

  return {
    name: 'endpointslice-controller',
    isDoneOnceWritten: true,
    concerns,
    reconcile: (key, now) => {
      const [namespace = '', name = ''] = key.split('/');
      const service = store.get({ resource: 'services', namespace, name });
      const existing = [...(derived.get(`${namespace}/${name}`) ?? [])]
        .toSorted()
        .flatMap((each) => {
          const slice = store.get({ resource: SLICES, namespace, name: each });
          return isDerived(slice) ? [slice] : [];
        });
      if (!isStored(service, 'Service') || !hasSelector(service) || isFromSource(service)) {
        return { writes: existing.map(removal) };
      }
      const selected = podsOf(service);
      const sets = setsOf(service, selected);
      if (sets === undefined) return { writes: existing.map(removal) };
      const uids = new Map(selected.map(({ metadata }) => [metadata.name, metadata.uid]));
      const groups = wantedSlices(service, sets, (pod) => uids.get(pod));
      const writes = sliceWrites(service, groups, existing, {
        isTaken: (each) => store.get({ resource: SLICES, namespace, name: each }) !== undefined,
        identify: () => newIdentity(now),
      });
      return { writes };
    },
  };
}

function zoneOf(node: StoredObject | undefined): string | undefined {
  return node?.metadata.labels?.[ZONE_LABEL];
}
