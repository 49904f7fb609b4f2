import { MANAGED_BY_LABEL, parseIP, SERVICE_NAME_LABEL } from '@portolan/core';
import type { NewObject } from '@portolan/store';

import { SYNC_MANAGER } from '../trim/trim.ts';
import { isFields, type Fields } from '../watch/cluster-object.ts';

/** What the cluster's own proxy does behind a cluster IP is not for others to do again. */
const BEHIND_CLUSTER_IP: ReadonlySet<string> = new Set([
  'externalTrafficPolicy',
  'healthCheckNodePort',
  'internalTrafficPolicy',
  'trafficDistribution',
]);

/**
 * A Service that is reached at its cluster IP: the Service, without what chooses among Pods, and an EndpointSlice with one
 * endpoint for each IP family. A headless Service has none, and neither has one of type ExternalName.
 */
export function viaClusterIP(service: NewObject): readonly NewObject[] {
  const spec = isFields(service['spec']) ? service['spec'] : {};
  const kept = Object.entries(spec).filter(([field]) => !BEHIND_CLUSTER_IP.has(field));
  return [
    { ...service, spec: Object.fromEntries(kept) },
    ...clusterIPs(spec).flatMap((address) => slice(service, spec, address)),
  ];
}

/** Whether a Service has no address but those of its Pods. */
export function isHeadless({ spec }: NewObject): boolean {
  return isFields(spec) && spec['clusterIP'] === 'None';
}

function clusterIPs({ clusterIP, clusterIPs: all }: Fields): readonly string[] {
  const given = Array.isArray(all) && all.length > 0 ? all : [clusterIP];
  return given.filter((each) => typeof each === 'string');
}

function slice({ metadata }: NewObject, { ports }: Fields, address: string): readonly NewObject[] {
  const family = parseIP(address)?.family;
  if (family === undefined) return [];
  const { name, namespace } = metadata;
  return [
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-${family.toLowerCase()}`,
        ...(namespace !== undefined && { namespace }),
        uid: '',
        creationTimestamp: metadata.creationTimestamp,
        labels: {
          [SERVICE_NAME_LABEL]: name,
          [MANAGED_BY_LABEL]: SYNC_MANAGER,
        },
      },
      addressType: family,
      endpoints: [{ addresses: [address], conditions: { ready: true } }],
      ports: (Array.isArray(ports) ? ports : []).filter(isFields).map(portOf),
    },
  ];
}

/** A port as it is at the cluster IP. */
function portOf({ name = '', protocol = 'TCP', port, appProtocol }: Fields): Fields {
  return { name, protocol, port, ...(appProtocol !== undefined && { appProtocol }) };
}
