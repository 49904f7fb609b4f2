import { isFromSource, canonicalJSON, type Resource } from '@portolan/core';
import type { EngineOptions } from '@portolan/engine';
import { refOf, type Change, type Store } from '@portolan/store';

import { revisionOf } from '../../store/expected.ts';
import { keyOfRef, refOfKey } from '../../store/object-key.ts';
import { isStored, type Stored } from '../../store/stored-resource.ts';
import type { Controller } from '../controller/controller.ts';

/** Where clients reach what serves the Snapshots: IngressLoadBalancerIngress v1 networking.k8s.io. */
export interface EntranceAddress {
  readonly ip?: string;
  readonly hostname?: string;
}

export interface IngressStatusOptions {
  readonly addresses: readonly EntranceAddress[];
  readonly routeProviders: EngineOptions['routeProviders'];
}

const INGRESSES = 'ingresses.networking.k8s.io';
const CLASSES = 'ingressclasses.networking.k8s.io';

/** Writes the addresses into the status of each Ingress that routes are made of; others are somebody else's. */
export function ingressStatusController(
  store: Store,
  { addresses, routeProviders }: IngressStatusOptions,
): Controller {
  const isRouted = (ingress: Stored<'Ingress'>): boolean => {
    const classes = store.list(CLASSES).filter((each) => isStored(each, 'IngressClass'));
    const resources: readonly Resource[] = [...classes, ingress];
    return routeProviders.some((provider) => provider.routes(resources).routes.length > 0);
  };
  return {
    name: 'ingress-status-controller',
    isDoneOnceWritten: true,
    concerns: ({ type, ref }: Change) => {
      if (ref.resource === CLASSES)
        return store.list(INGRESSES).map((each) => keyOfRef(refOf(each)));
      return ref.resource === INGRESSES && type !== 'DELETED' ? [keyOfRef(ref)] : [];
    },
    reconcile: (key) => {
      const ingress = store.get(refOfKey(key));
      if (!isStored(ingress, 'Ingress') || isFromSource(ingress) || !isRouted(ingress)) {
        return { writes: [] };
      }
      const status = { loadBalancer: { ingress: addresses } };
      if (canonicalJSON(status) === canonicalJSON(ingress.status)) return { writes: [] };
      return { writes: [{ put: { ...ingress, status }, expected: revisionOf(ingress) }] };
    },
  };
}
