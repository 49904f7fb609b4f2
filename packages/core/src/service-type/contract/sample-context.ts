import type { EndpointSet } from '../../endpoint-set/endpoint-set.ts';
import type { Service } from '../../resources/service.ts';
import type { ServiceContext } from '../service-type.ts';

/** Two nodes with addresses of all kinds, none of them written in canonical form where it could be written otherwise. */
export const SAMPLE_CONTEXT: ServiceContext = {
  clusterDomain: 'cluster.local',
  nodes: [
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node-a' },
      status: {
        addresses: [
          { type: 'InternalIP', address: '192.168.0.11' },
          { type: 'InternalIP', address: 'FD00:0:0:1::0B' },
          { type: 'ExternalIP', address: '203.0.113.11' },
          { type: 'Hostname', address: 'Node-A' },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node-b' },
      status: {
        addresses: [
          { type: 'InternalIP', address: '192.168.0.12' },
          { type: 'Hostname', address: 'node-b' },
          { type: 'ExternalDNS', address: 'node-b.example.com.' },
        ],
      },
    },
  ],
};

/** What may have been discovered for a Service: at each port a ready endpoint of each family and one that is not ready. */
export function sampleEndpointSets({ spec }: Service): readonly EndpointSet[] {
  const ready = { ready: true, serving: true, terminating: false };
  return (spec.ports ?? []).map(({ name = '', protocol = 'TCP', port }) => ({
    portName: name,
    protocol,
    endpoints: [
      { address: '10.244.1.7', addressType: 'IPv4', port, nodeName: 'node-a', ...ready },
      { address: '10.244.2.8', addressType: 'IPv4', port, ...ready, ready: false, serving: false },
      { address: 'fd00:244::7', addressType: 'IPv6', port, hostname: 'pet', ...ready },
    ],
  }));
}
