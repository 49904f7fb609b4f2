import { noSuchResource } from '../status/faults.ts';
import { GROUP_VERSIONS, type GroupVersion } from './api-resources.ts';

/** How the whole is asked for at once. */
export const AGGREGATED = 'APIGroupDiscoveryList;apidiscovery.k8s.io/v2';

const NAMED_GROUPS: readonly GroupVersion[] = GROUP_VERSIONS.filter(({ group }) => group !== '');
const CORE: readonly GroupVersion[] = GROUP_VERSIONS.filter(({ group }) => group === '');

/** All paths that something is served at but resources: what `/` tells. */
export const PATHS: readonly string[] = [
  '/api',
  '/api/v1',
  '/apis',
  ...NAMED_GROUPS.flatMap(({ group, version }) => [`/apis/${group}`, `/apis/${group}/${version}`]),
  ...['/healthz', '/livez', '/readyz'].flatMap((path) => [path, `${path}/ping`]),
  '/openapi/v2',
  '/openapi/v3',
  '/version',
];

/**
 * The discovery document at `/api`, `/apis`, or below.
 *
 * Source: Kubernetes, The Kubernetes API, Discovery API.
 *
 * @param segments Of the path, decoded.
 * @param isAggregated Whether `/api` or `/apis` are to tell all.
 * @throws {StatusError} 404
 */
export function discoveryDocument(segments: readonly string[], isAggregated: boolean): object {
  const [root, first, second, ...more] = segments;
  if (first === undefined) {
    const groups = root === 'api' ? CORE : NAMED_GROUPS;
    if (isAggregated) return aggregated(groups);
    return root === 'api' ? apiVersions() : apiGroupList(groups);
  }
  const isCore = root === 'api';
  const group = isCore ? '' : first;
  const version = isCore ? first : second;
  const found = GROUP_VERSIONS.find(
    (each) => each.group === group && (version === undefined || each.version === version),
  );
  if (found === undefined || more.length > 0 || (isCore && second !== undefined)) {
    throw noSuchResource();
  }
  if (version !== undefined) return apiResourceList(found);
  return { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(found) };
}

function apiVersions(): object {
  const serverAddressByClientCIDRs: readonly object[] = [];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

function apiGroup({ group, version }: GroupVersion): object {
  const groupVersion = { groupVersion: `${group}/${version}`, version };
  return { name: group, versions: [groupVersion], preferredVersion: groupVersion };
}

function apiGroupList(groups: readonly GroupVersion[]): object {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(apiGroup) };
}

function apiResourceList({ group, version, resources }: GroupVersion): object {
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

/** Kubernetes API reference, APIGroupDiscoveryList v2 apidiscovery. */
function aggregated(groups: readonly GroupVersion[]): object {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(({ group, version, resources }) => ({
      metadata: { ...(group !== '' && { name: group }), creationTimestamp: null },
      versions: [
        {
          version,
          freshness: 'Current',
          resources: discoveryResources({ group, version, resources }),
        },
      ],
    })),
  };
}

function discoveryResources({ group, version, resources }: GroupVersion): readonly object[] {
  return resources.flatMap(({ name, kind, namespaced, singularName, verbs, ...names }) => {
    if (name.includes('/')) return [];
    const responseKind = { group, version, kind };
    const subresources = resources
      .filter((each) => each.name.startsWith(`${name}/`))
      .map((each) => ({
        subresource: each.name.slice(name.length + 1),
        responseKind: {
          group: each.group ?? group,
          version: each.version ?? version,
          kind: each.kind,
        },
        verbs: each.verbs,
      }));
    return [
      {
        resource: name,
        responseKind,
        scope: namespaced ? 'Namespaced' : 'Cluster',
        singularResource: singularName,
        verbs,
        ...names,
        ...(subresources.length > 0 && { subresources }),
      },
    ];
  });
}
