import { ipPool, parseCIDR } from '@portolan/core';
import type { Claim, IPFamily, Service, ServiceType } from '@portolan/core';

import { dnsRecords } from '../dns-records/dns-records.ts';
import { frontends } from '../frontends/frontends.ts';
import { isHeadless } from '../headless/headless.ts';
import { defaultIPFamilies } from '../ip-families/default-ip-families.ts';
import { validateIPFamilies } from '../ip-families/validate-ip-families.ts';
import { validateClusterIP } from './validate-cluster-ip.ts';

export interface ClusterIPOptions {
  /**
   * The blocks that cluster IPs are taken from, as `--service-cluster-ip-range` gives them to the API server: one, or one of
   * each family. The family of the first is the one that a Service has by default, and a cluster IP that a manifest fixes
   * must be in one of them.
   *
   * Without them, automatic cluster IPs come from `10.96.0.0/12` and `fd00:10:96::/112`, and a manifest may fix any address:
   * it may come from a cluster whose ranges nobody told us.
   */
  readonly ranges?: readonly string[];
}

const DEFAULT_RANGES = ['10.96.0.0/12', 'fd00:10:96::/112'];

/**
 * The ClusterIP Service type: an address and a DNS name that are known inside the cluster. `NodePort` and `LoadBalancer`
 * build on it.
 *
 * @throws {RangeError} where the ranges are none, too many, of one family, or no blocks that cluster IPs can be taken from.
 *
 * Source: Kubernetes, Service, `type: ClusterIP` and headless Services.
 */
export function clusterIP(options: ClusterIPOptions = {}): ServiceType {
  const { ranges = DEFAULT_RANGES } = options;
  const families = familiesOf(ranges);
  return {
    type: 'ClusterIP',
    pools: ranges.map((range, index) =>
      ipPool(`clusterIP/${families[index]}`, range, { open: options.ranges === undefined }),
    ),
    applyDefaults: (service) => defaultIPFamilies(withTrafficPolicies(service), families),
    validate: (service) => [
      ...validateClusterIP(service),
      ...validateIPFamilies(service, families),
    ],
    claims,
    grant: (service, grants) => {
      const { ipFamilies = [] } = service.spec;
      if (isHeadless(service)) return service;
      const clusterIPs = ipFamilies.flatMap((_, index) => grants[clusterIPField(index)] ?? []);
      return { ...service, spec: { ...service.spec, clusterIP: clusterIPs[0], clusterIPs } };
    },
    frontends,
    dnsRecords,
  };
}

function familiesOf(ranges: readonly string[]): readonly IPFamily[] {
  const families = ranges.map((range) => {
    const family = parseCIDR(range)?.family;
    if (family === undefined) throw new RangeError(`${JSON.stringify(range)} is no CIDR`);
    return family;
  });
  if (families.length === 0 || families.length !== new Set(families).size) {
    throw new RangeError('cluster IPs are taken from one range, or from one of each IP family');
  }
  return families;
}

function withTrafficPolicies(service: Service): Service {
  const { externalIPs, externalTrafficPolicy, internalTrafficPolicy } = service.spec;
  return {
    ...service,
    spec: {
      ...service.spec,
      internalTrafficPolicy: internalTrafficPolicy ?? 'Cluster',
      ...(externalIPs?.length && { externalTrafficPolicy: externalTrafficPolicy ?? 'Cluster' }),
    },
  };
}

function claims(service: Service): readonly Claim[] {
  const { clusterIPs, ipFamilies = [] } = service.spec;
  if (isHeadless(service)) return [];
  return ipFamilies.map((family, index) => {
    const wanted = clusterIPs?.[index];
    return {
      pool: `clusterIP/${family}`,
      field: clusterIPField(index),
      ...(wanted === undefined
        ? { failure: { detail: 'failed to allocate a serviceIP' } }
        : {
            wanted,
            failure: {
              field: 'spec.clusterIPs',
              value: clusterIPs,
              detail: `failed to allocate IP ${wanted}`,
            },
          }),
    };
  });
}

function clusterIPField(index: number): string {
  return `spec.clusterIPs[${index}]`;
}
