import { apiVersionOf, RESOURCE_TYPES, type ResourceType } from '@portolan/store';

import { VERBS, type Verb } from '../access/authorize.ts';
import { SCALE_TYPE } from '../openapi/kinds/scale.ts';
import { EMPTY_TYPES } from './empty-types.ts';

/** Kubernetes API reference, APIResource v1 meta. */
interface APIResource {
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  /** Of the kind, where it isn't the list's. */
  readonly group?: string;
  readonly version?: string;
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

const READ_VERBS: readonly Verb[] = ['get', 'list', 'watch'];
const SUBRESOURCE_VERBS: readonly Verb[] = ['get', 'patch', 'update'];

/** What may be done with a resource, or a subresource of it. */
export function verbsOf(type: ResourceType, subresource?: string): readonly Verb[] {
  if (subresource !== undefined) return SUBRESOURCE_VERBS;
  if (EMPTY_TYPES.includes(type)) return READ_VERBS;
  // Namespaces are deleted one by one: what is in them goes along.
  return VERBS.filter((verb) => verb !== 'deletecollection' || type.id !== 'namespaces');
}

function resourcesOf(type: ResourceType): readonly APIResource[] {
  const { plural, singular, namespaced, kind, shortNames, categories } = type;
  const resource: APIResource = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: verbsOf(type),
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  };
  const subresource = (name: string): APIResource => ({
    name: `${plural}/${name}`,
    singularName: '',
    namespaced,
    kind,
    verbs: verbsOf(type, name),
  });
  const { group, version, kind: scale } = SCALE_TYPE;
  return [
    resource,
    ...(type.scale ? [{ ...subresource('scale'), group, version, kind: scale }] : []),
    ...(type.status ? [subresource('status')] : []),
  ];
}

/** What isn't kept, only asked. */
const REVIEWS: readonly GroupVersion[] = [
  reviews('authentication.k8s.io', [['SelfSubjectReview', 'selfsubjectreviews']]),
  reviews('authorization.k8s.io', [
    ['SelfSubjectAccessReview', 'selfsubjectaccessreviews'],
    ['SelfSubjectRulesReview', 'selfsubjectrulesreviews'],
  ]),
];

function reviews(
  group: string,
  kinds: readonly (readonly [kind: string, plural: string])[],
): GroupVersion {
  const resources = kinds.map(([kind, name]) => ({
    name,
    singularName: kind.toLowerCase(),
    namespaced: false,
    kind,
    verbs: ['create'],
  }));
  return { group, version: 'v1', resources };
}

const TYPES: readonly ResourceType[] = [...RESOURCE_TYPES, ...EMPTY_TYPES];

/** Everything that is served, the core group first. */
export const GROUP_VERSIONS: readonly GroupVersion[] = [
  ...[...Map.groupBy(TYPES, apiVersionOf).values()].map((types) => {
    const [{ group, version } = { group: '', version: '' }] = types;
    return { group, version, resources: types.flatMap(resourcesOf) };
  }),
  ...REVIEWS,
];
