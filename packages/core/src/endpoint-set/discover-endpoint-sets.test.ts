import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Endpoints, EndpointSlice } from '../resources/endpoints.ts';
import type { Pod } from '../resources/pod.ts';
import type { Service, ServiceSpec } from '../resources/service.ts';
import type { EndpointSetSources } from './discover-endpoint-sets.ts';
import { discoverEndpointSets } from './discover-endpoint-sets.ts';

const metadata = { name: 'web', namespace: 'shop' };

function service(spec: ServiceSpec = {}): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80 }], ...spec } };
}

const selecting = service({ selector: { app: 'web' } });

function pod(name: string, ip: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { containers: [] },
    status: { podIP: ip, conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

function slice(ip: string, managedBy?: string): EndpointSlice {
  const labels = {
    'kubernetes.io/service-name': 'web',
    ...(managedBy !== undefined && { 'endpointslice.kubernetes.io/managed-by': managedBy }),
  };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels },
    addressType: 'IPv4',
    endpoints: [{ addresses: [ip], nodeName: 'from-a-slice' }],
    ports: [{ port: 80 }],
  };
}

const CONTROLLER = 'endpointslice-controller.k8s.io';
const MIRRORING = 'endpointslicemirroring-controller.k8s.io';
const endpoints: Endpoints = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata,
  subsets: [{ addresses: [{ ip: '192.0.2.1' }], ports: [{ port: 80 }] }],
};

function addressesOf(given: Service, sources: EndpointSetSources): readonly string[] {
  return discoverEndpointSets(given, sources).flatMap((set) =>
    set.endpoints.map(({ address }) => address),
  );
}

describe('the endpoints discovered for a Service', () => {
  it('are those of its Pods and of slices made by hand together', () => {
    const sources = {
      pods: [pod('web-1', '10.0.0.2')],
      slices: [slice('10.0.0.1'), slice('10.0.0.3', 'somebody.example.org')],
    };
    expect(addressesOf(selecting, sources)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
  });

  it("are a Pod's where a slice gives the same address and port", () => {
    const sources = { pods: [pod('web-1', '10.0.0.1')], slices: [slice('10.0.0.1')] };
    const [set] = discoverEndpointSets(selecting, sources);
    expect(set?.endpoints).toHaveLength(1);
    expect(set?.endpoints[0]).toMatchObject({ target: { kind: 'Pod', name: 'web-1' } });
  });

  it('are none of the slices of the EndpointSlice controller while a Pod is given', () => {
    const slices = [slice('10.0.0.9', CONTROLLER)];
    expect(addressesOf(selecting, { pods: [pod('web-1', '10.0.0.1')], slices })).toEqual([
      '10.0.0.1',
    ]);
    expect(addressesOf(selecting, { slices })).toEqual(['10.0.0.9']);
  });

  it('are those of Endpoints for a Service without a selector alone', () => {
    expect(addressesOf(service(), { endpoints })).toEqual(['192.0.2.1']);
    expect(addressesOf(service({ selector: {} }), { endpoints })).toEqual(['192.0.2.1']);
    expect(addressesOf(selecting, { endpoints })).toEqual([]);
  });

  it('are none of the mirrored slices while the Endpoints are given, or the Service selects', () => {
    const slices = [slice('192.0.2.9', MIRRORING)];
    expect(addressesOf(service(), { endpoints, slices })).toEqual(['192.0.2.1']);
    expect(addressesOf(service(), { slices })).toEqual(['192.0.2.9']);
    expect(addressesOf(selecting, { slices })).toEqual([]);
  });

  it('are those of slices made by hand and of Endpoints together', () => {
    expect(addressesOf(service(), { endpoints, slices: [slice('192.0.2.7')] })).toEqual([
      '192.0.2.1',
      '192.0.2.7',
    ]);
  });

  it('have the zone of their node', () => {
    const onNode: Pod = { ...pod('web-1', '10.0.0.1'), spec: { containers: [], nodeName: 'n1' } };
    const labels = { 'topology.kubernetes.io/zone': 'a' };
    const nodes = new Map([
      ['n1', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels } } as const],
    ]);
    expect(discoverEndpointSets(selecting, { pods: [onNode], nodes })[0]?.endpoints).toMatchObject([
      { nodeName: 'n1', zone: 'a' },
    ]);
  });

  it('are none, port by port, where there is nothing', () => {
    const given = service({
      ports: [
        { name: 'a', port: 1 },
        { name: 'b', port: 2 },
      ],
    });
    expect(discoverEndpointSets(given, {})).toEqual([
      { portName: 'a', protocol: 'TCP', endpoints: [] },
      { portName: 'b', protocol: 'TCP', endpoints: [] },
    ]);
  });

  it('do not depend on the order of what is given', () => {
    const ip = fc.nat(5).map((last) => `10.0.0.${last + 8}`);
    const objects = fc.record({
      pods: fc.uniqueArray(
        ip.map((address) => pod(`web-${address}`, address)),
        { maxLength: 4, selector: ({ metadata: { name } }) => name },
      ),
      slices: fc.array(fc.tuple(ip, fc.constantFrom(undefined, CONTROLLER, MIRRORING)), {
        maxLength: 4,
      }),
    });
    fc.assert(
      fc.property(objects, ({ pods, slices }) => {
        const made = slices.map(([address, manager]) => slice(address, manager));
        const given = discoverEndpointSets(selecting, { pods, slices: made });
        const reversed = { pods: pods.toReversed(), slices: made.toReversed() };
        expect(discoverEndpointSets(selecting, reversed)).toEqual(given);
        const places = given.flatMap((set) => set.endpoints.map((one) => one.address));
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });
});
