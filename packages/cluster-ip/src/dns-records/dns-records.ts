import { canonicalIP, serviceDomainName } from '@portolan/core';
import type { DNSRecord, Endpoint, EndpointSet, Service, ServiceContext } from '@portolan/core';

import { isHeadless } from '../headless/headless.ts';
import { reverseName } from './reverse-name.ts';

/**
 * The DNS records of a ClusterIP Service: its name leads to its cluster IPs; that of a headless one leads to its ready
 * endpoints, each of which also has a name of its own.
 *
 * Source: Kubernetes DNS-Based Service Discovery 1.1.0, sections 2.3 and 2.4.
 */
export function dnsRecords(
  service: Service,
  endpointSets: readonly EndpointSet[],
  context: ServiceContext,
): readonly DNSRecord[] {
  const name = serviceDomainName(service, context);
  return isHeadless(service)
    ? headlessRecords(name, endpointSets)
    : clusterIPRecords(name, service);
}

function clusterIPRecords(name: string, { spec }: Service): readonly DNSRecord[] {
  const addresses = (spec.clusterIPs ?? []).flatMap((ip) => canonicalIP(ip) ?? []);
  return [
    ...addresses.map((address) => addressRecord(name, address)),
    ...(spec.ports ?? []).flatMap((port) =>
      port.name ? [portRecord(name, port.name, port.protocol ?? 'TCP', name, port.port)] : [],
    ),
    ...addresses.map((address) => pointer(address, name)),
  ];
}

function headlessRecords(name: string, endpointSets: readonly EndpointSet[]): readonly DNSRecord[] {
  const nameOf = (endpoint: Endpoint): string => `${hostname(endpoint)}.${name}`.toLowerCase();
  const hosts = new Map(
    endpointSets.flatMap(readyOf).map((each) => [`${each.address} ${nameOf(each)}`, each]),
  );
  const addresses = new Set([...hosts.values()].map(({ address }) => address));
  return [
    ...[...addresses].map((address) => addressRecord(name, address)),
    ...[...hosts.values()].map((each) => addressRecord(nameOf(each), each.address)),
    ...endpointSets.flatMap((set) => {
      if (set.portName === '') return [];
      const records = readyOf(set).map((each) =>
        portRecord(name, set.portName, set.protocol, nameOf(each), each.port),
      );
      // The two addresses of a dual-stack endpoint have one name.
      return [...new Map(records.map((each) => [`${each.target} ${each.port}`, each])).values()];
    }),
    ...[...hosts.values()].map((each) => pointer(each.address, nameOf(each))),
  ];
}

/** DNS can't give the address of an endpoint that is itself a domain name. */
function readyOf({ endpoints }: EndpointSet): readonly Endpoint[] {
  return endpoints.filter(({ ready, addressType }) => ready && addressType !== 'FQDN');
}

/** An endpoint without a hostname is known by its address, as CoreDNS writes it: `10-244-1-7`. */
function hostname(endpoint: Endpoint): string {
  return endpoint.hostname || endpoint.address.replaceAll(/[.:]/g, '-');
}

function addressRecord(name: string, address: string): DNSRecord {
  return { type: address.includes(':') ? 'AAAA' : 'A', name, address };
}

function portRecord(
  name: string,
  portName: string,
  protocol: string,
  target: string,
  port: number,
): Extract<DNSRecord, { readonly type: 'SRV' }> {
  return {
    type: 'SRV',
    name: `_${portName}._${protocol}.${name}`.toLowerCase(),
    target,
    port,
    // Not prescribed, and alike for all.
    priority: 0,
    weight: 100,
  };
}

function pointer(address: string, target: string): DNSRecord {
  return { type: 'PTR', name: reverseName(address), target };
}
