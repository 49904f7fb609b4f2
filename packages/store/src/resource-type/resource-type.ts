/** A kind of object that is served and kept, as API discovery describes it. */
export interface ResourceType {
  /** `pods`, or `ingresses.networking.k8s.io` outside the core group. */
  readonly id: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** Whether there is a subresource `status`. */
  readonly status: boolean;
  /** Whether there is a subresource `scale`. */
  readonly scale: boolean;
}

type Names = readonly [kind: string, plural: string, shortNames?: readonly string[]];
type Traits = {
  readonly clusterScoped?: true;
  readonly status?: true;
  readonly scale?: true;
  readonly all?: true;
};

function resourceType(
  group: string,
  version: string,
  [kind, plural, shortNames = []]: Names,
  { clusterScoped, status, scale, all }: Traits = {},
): ResourceType {
  return {
    id: group === '' ? plural : `${plural}.${group}`,
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames,
    categories: all ? ['all'] : [],
    namespaced: clusterScoped === undefined,
    status: status ?? false,
    scale: scale ?? false,
  };
}

const workload: Traits = { status: true, all: true };
const scalable: Traits = { ...workload, scale: true };

/** Every kind of object there is, in the order in which discovery lists them. */
export const RESOURCE_TYPES: readonly ResourceType[] = [
  resourceType('', 'v1', ['ConfigMap', 'configmaps', ['cm']]),
  resourceType('', 'v1', ['Endpoints', 'endpoints', ['ep']]),
  resourceType('', 'v1', ['Namespace', 'namespaces', ['ns']], {
    clusterScoped: true,
    status: true,
  }),
  resourceType('', 'v1', ['Node', 'nodes', ['no']], { clusterScoped: true, status: true }),
  resourceType('', 'v1', ['Pod', 'pods', ['po']], workload),
  resourceType('', 'v1', ['ReplicationController', 'replicationcontrollers', ['rc']], scalable),
  resourceType('', 'v1', ['Secret', 'secrets']),
  resourceType('', 'v1', ['Service', 'services', ['svc']], workload),
  resourceType('apps', 'v1', ['DaemonSet', 'daemonsets', ['ds']], workload),
  resourceType('apps', 'v1', ['Deployment', 'deployments', ['deploy']], scalable),
  resourceType('apps', 'v1', ['ReplicaSet', 'replicasets', ['rs']], scalable),
  resourceType('apps', 'v1', ['StatefulSet', 'statefulsets', ['sts']], scalable),
  resourceType('batch', 'v1', ['CronJob', 'cronjobs', ['cj']], workload),
  resourceType('batch', 'v1', ['Job', 'jobs'], workload),
  resourceType('coordination.k8s.io', 'v1', ['Lease', 'leases']),
  resourceType('discovery.k8s.io', 'v1', ['EndpointSlice', 'endpointslices']),
  resourceType('networking.k8s.io', 'v1', ['Ingress', 'ingresses', ['ing']], { status: true }),
  resourceType('networking.k8s.io', 'v1', ['IngressClass', 'ingressclasses'], {
    clusterScoped: true,
  }),
];

/** `v1`, `networking.k8s.io/v1`. */
export function apiVersionOf({ group, version }: Pick<ResourceType, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

const byKind: ReadonlyMap<string, ResourceType> = new Map(
  RESOURCE_TYPES.map((type) => [`${apiVersionOf(type)} ${type.kind}`, type]),
);

/** The type of an object by what it says it is. */
export function resourceTypeOf(object: {
  readonly apiVersion: string;
  readonly kind: string;
}): ResourceType | undefined {
  return byKind.get(`${object.apiVersion} ${object.kind}`);
}
