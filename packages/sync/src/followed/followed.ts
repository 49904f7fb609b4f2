import { collectionPath, RESOURCE_TYPES, type ResourceType } from '@portolan/store';

/** A resource of the cluster that is followed, in all namespaces or in one. */
export interface Followed {
  readonly type: ResourceType;
  readonly namespace?: string;
  readonly fieldSelector?: string;
  /** Whether only metadata is asked for, so that what else there is never leaves the cluster. */
  readonly isMetadataOnly?: true;
}

/** Of Secrets only the names are of interest, and only of those that hold certificates. */
const TLS_SECRETS = {
  fieldSelector: 'type=kubernetes.io/tls',
  isMetadataOnly: true,
} as const satisfies Partial<Followed>;

const RESOURCES: Readonly<Record<string, Omit<Followed, 'namespace' | 'type'>>> = {
  nodes: {},
  secrets: TLS_SECRETS,
  services: {},
  'endpointslices.discovery.k8s.io': {},
  'ingresses.networking.k8s.io': {},
  'ingressclasses.networking.k8s.io': {},
};

/** How endpoints are reached: at the addresses of their Pods, or all at the cluster IP of their Service. */
export type Via = 'cluster-ip' | 'pods';

/**
 * What is followed.
 *
 * @param namespaces empty for all.
 */
export function followed(via: Via, namespaces: readonly string[]): readonly Followed[] {
  return RESOURCE_TYPES.flatMap((type) => {
    const selection = RESOURCES[type.id];
    const isNeeded = via === 'pods' || type.kind !== 'EndpointSlice';
    if (selection === undefined || !isNeeded) return [];
    if (!type.namespaced || namespaces.length === 0) return [{ type, ...selection }];
    return namespaces.map((namespace) => ({ type, namespace, ...selection }));
  });
}

/** Where it is listed and watched. */
export function pathOf({ type, namespace }: Followed): string {
  return collectionPath(type, namespace);
}

/** `Accept` of a list or a watch. Kubernetes API concepts, Metadata-only fetches: without an alternative, so that nothing else comes. */
export function acceptOf({ isMetadataOnly }: Followed, form: 'list' | 'watch'): string {
  const as = `PartialObjectMetadata${form === 'list' ? 'List' : ''}`;
  return isMetadataOnly ? `application/json;as=${as};g=meta.k8s.io;v=v1` : 'application/json';
}

export function selectorOf({ fieldSelector }: Followed): Readonly<Record<string, string>> {
  return fieldSelector === undefined ? {} : { fieldSelector };
}
