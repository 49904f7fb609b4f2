import { RESOURCE_TYPES, type ResourceType } from '@portolan/store';

/** Kubernetes API reference, APIResource v1 meta. */
interface APIResource {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

/** The resources of a version of a group, subresources among them. */
export interface GroupVersion {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resources: readonly APIResource[];
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const STATUS_VERBS = ['get', 'patch', 'update'];

/** Namespaces are deleted one by one: what is in them goes along. */
export function hasDeleteCollection({ id }: Pick<ResourceType, 'id'>): boolean {
  return id !== 'namespaces';
}

function resourcesOf(type: ResourceType): readonly APIResource[] {
  const { plural, singular, namespaced, kind, shortNames, categories } = type;
  const verbs = VERBS.filter((verb) => verb !== 'deletecollection' || hasDeleteCollection(type));
  const resource: APIResource = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  };
  if (!type.status) return [resource];
  const status = { name: `${plural}/status`, singularName: '', namespaced, kind };
  return [resource, { ...status, verbs: STATUS_VERBS }];
}

/** What isn't kept, only asked. */
const REVIEWS: readonly GroupVersion[] = [
  review('authentication.k8s.io', 'SelfSubjectReview', 'selfsubjectreviews'),
  review('authorization.k8s.io', 'SelfSubjectAccessReview', 'selfsubjectaccessreviews'),
];

function review(group: string, kind: string, name: string): GroupVersion {
  const singularName = kind.toLowerCase();
  const resource = { name, singularName, namespaced: false, kind, verbs: ['create'] };
  return { group, version: 'v1', resources: [resource] };
}

/** Everything that is served, the core group first. */
export const GROUP_VERSIONS: readonly GroupVersion[] = [
  ...[...new Set(RESOURCE_TYPES.map(({ group, version }) => `${group}/${version}`))].map(
    (groupVersion) => {
      const [group = '', version = ''] = groupVersion.split('/');
      const types = RESOURCE_TYPES.filter(
        (type) => type.group === group && type.version === version,
      );
      return { group, version, resources: types.flatMap(resourcesOf) };
    },
  ),
  ...REVIEWS,
];
