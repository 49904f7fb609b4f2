import { formatFieldError } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseManifests } from './parse-manifests.ts';
import { readResource } from './read-resource.ts';

const METADATA = {
  name: 'web',
  namespace: 'shop',
  generateName: 'web-',
  uid: '7d0c5f0e-7b53-4c1e-8f0d-0a9b3c2d1e00',
  resourceVersion: '7',
  generation: 3,
  selfLink: '/a',
  creationTimestamp: '2026-01-02T03:04:05Z',
  deletionTimestamp: '2026-01-02T03:04:35Z',
  deletionGracePeriodSeconds: 30,
  labels: { app: 'web', constructor: 'a' },
  annotations: { 'example.com/a': '', toString: 'b' },
  finalizers: ['example.com/held'],
  ownerReferences: [
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: 'web',
      uid: 'u',
      controller: true,
      blockOwnerDeletion: false,
    },
  ],
  managedFields: [
    {
      manager: 'kubectl',
      operation: 'Apply',
      apiVersion: 'v1',
      time: '2026-01-02T03:04:05Z',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } } },
      subresource: 'status',
    },
  ],
};

const CONDITION = {
  type: 'Ready',
  status: 'True',
  reason: 'a',
  message: 'b',
  lastTransitionTime: '2026-01-02T03:04:05.123Z',
};

/** What there is of these kinds beside `metadata`. */
const OBJECTS: readonly { readonly kind: string; readonly [field: string]: unknown }[] = [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: { containers: [{ name: 'web', image: 'web:1' }] },
    status: {
      phase: 'Running',
      reason: 'a',
      message: 'b',
      hostIP: '10.0.0.1',
      hostIPs: [{ ip: '10.0.0.1' }],
      podIP: '10.244.0.7',
      podIPs: [{ ip: '10.244.0.7' }, { ip: 'fd00::7' }],
      qosClass: 'BestEffort',
      startTime: '2026-01-02T03:04:05Z',
      observedGeneration: 3,
      conditions: [{ ...CONDITION, lastProbeTime: '2026-01-02T03:04:05Z', observedGeneration: 3 }],
      containerStatuses: [
        {
          name: 'web',
          ready: true,
          started: true,
          restartCount: 0,
          image: 'web:1',
          imageID: 'sha256:1',
          state: { running: { startedAt: '2026-01-02T03:04:05Z' } },
        },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    spec: { ports: [{ port: 80 }], clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'] },
    status: {
      loadBalancer: {
        ingress: [
          { ip: '192.0.2.1', ipMode: 'VIP', ports: [{ port: 80, protocol: 'TCP', error: 'a' }] },
          { hostname: 'lb.example' },
        ],
      },
      conditions: [{ ...CONDITION, observedGeneration: 1 }],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    status: {
      loadBalancer: {
        ingress: [
          { ip: '192.0.2.1', hostname: 'a.example', ports: [{ port: 80, protocol: 'TCP' }] },
        ],
      },
    },
  },
  {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    spec: {
      holderIdentity: 'web-1',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-02T03:04:05.000000Z',
      renewTime: '2026-01-02T03:04:15.123456Z',
      leaseTransitions: 0,
      strategy: 'OldestEmulationVersion',
      preferredHolder: 'web-2',
    },
  },
];

const NODE = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n1' },
  spec: { podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24'], unschedulable: true },
  status: {
    addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
    capacity: { cpu: '4', memory: '8Gi' },
    conditions: [{ ...CONDITION, lastHeartbeatTime: '2026-01-02T03:04:05Z' }],
  },
};

const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { ports: [{ port: 80 }] },
};

/** As text, which tells what there is and in which order. */
const textOf = (value: unknown): string => JSON.stringify(value);

describe('reading one object', () => {
  it.each(OBJECTS)('keeps every field of $kind', (rest) => {
    const { resource, ...found } = readResource({ ...rest, metadata: METADATA });
    expect(found).toEqual({ unknownFields: [], errors: [], warnings: [] });
    expect(JSON.parse(textOf(resource))).toEqual({ ...rest, metadata: METADATA });
  });

  it('keeps every field of a Node, and drops the namespace that it can’t have', () => {
    const inNamespace = { ...NODE, metadata: { name: 'n1', namespace: 'shop' } };
    expect(textOf(readResource(inNamespace).resource)).toBe(textOf(NODE));
  });

  it('fills in the namespace', () => {
    expect(readResource(SERVICE).resource?.metadata.namespace).toBe('default');
    expect(readResource(SERVICE, { defaultNamespace: 'shop' }).resource?.metadata.namespace).toBe(
      'shop',
    );
  });

  it('names unknown fields, and reads the rest without them', () => {
    const { resource, unknownFields, errors } = readResource({
      ...SERVICE,
      metadata: { name: 'web', colour: 'blue' },
      spec: {
        prots: [],
        ports: [
          { port: 80, hue: 7 },
          { name: 'b', port: 81 },
        ],
      },
    });
    expect(unknownFields).toEqual(['metadata.colour', 'spec.prots', 'spec.ports[0].hue']);
    expect(errors).toEqual([{ type: 'Required', field: 'spec.ports[0].name', detail: '' }]);
    expect(resource).toBeUndefined();
  });

  it('has the object without its unknown fields', () => {
    const { resource } = readResource({ ...SERVICE, spec: { prots: [], ports: [{ port: 80 }] } });
    expect(resource).toMatchObject({ spec: { ports: [{ port: 80 }] } });
    expect(resource).not.toHaveProperty('spec.prots');
  });

  it('has faults with their types and values', () => {
    const { resource, errors } = readResource({
      ...SERVICE,
      spec: { ports: [{ port: 0, protocol: 'ICMP' }] },
    });
    expect(resource).toBeUndefined();
    expect(errors).toMatchObject([
      { type: 'Invalid', field: 'spec.ports[0].port', value: 0 },
      { type: 'NotSupported', field: 'spec.ports[0].protocol', value: 'ICMP' },
      { type: 'Invalid', field: 'spec.ports[0].targetPort', value: 0 },
    ]);
  });

  it('takes this machine’s own addresses for endpoints, with a warning', () => {
    const { resource, errors, warnings } = readResource({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web' },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['127.0.0.1'] }],
    });
    expect(resource?.kind).toBe('EndpointSlice');
    expect(errors).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['no map', [SERVICE]],
    ['nothing', undefined],
    ['no kind', { apiVersion: 'v1' }],
    ['no version', { kind: 'Service' }],
    ['a kind that is none of ours', { apiVersion: 'v1', kind: 'Binding' }],
    ['a version that is no longer served', { ...SERVICE, apiVersion: 'v1beta3' }],
    ['a value of another type', { ...SERVICE, spec: { ports: 'http' } }],
  ])('takes %s for malformed', (_, json) => {
    const { resource, malformed } = readResource(json);
    expect(resource).toBeUndefined();
    expect(malformed).toMatch(/./u);
  });

  it('says which field can’t be read, as the API server begins', () => {
    expect(readResource({ ...SERVICE, spec: { ports: [{ port: 'http' }] } }).malformed).toBe(
      'Service in version "v1" cannot be handled as a Service: spec.ports[0].port: Invalid value: "http": must be an integer',
    );
  });

  it('repeats nothing of a Secret', () => {
    const { malformed } = readResource({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      data: { a: 'sesame!' },
    });
    expect(malformed).toContain('data[a]');
    expect(malformed).not.toContain('sesame');
  });

  it('takes what nests too deeply for malformed', () => {
    let deep: unknown = {};
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(readResource({ ...SERVICE, spec: deep }).malformed).toMatch(/deeper/u);
  });

  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(SERVICE, NODE, ...OBJECTS), fc.jsonValue(), (base, json) => {
        for (const value of [json, { ...base, spec: json }, { ...base, metadata: json }]) {
          const { resource, errors, malformed } = readResource(value);
          const refusals = [errors.length > 0, malformed !== undefined].filter(Boolean);
          expect(refusals).toHaveLength(resource === undefined ? 1 : 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds in JSON what is found in its text', () => {
    const port = fc.record({
      port: fc.constantFrom<unknown>(80, 0, -1, 'http', null, 1.5, 2 ** 40),
      name: fc.constantFrom<unknown>('http', 'HTTP', '', null, 7),
      nodePort: fc.constantFrom<unknown>(30000, null),
    });
    const service = fc.record({
      apiVersion: fc.constant('v1'),
      kind: fc.constant('Service'),
      metadata: fc.record({
        name: fc.constantFrom('web', 'Web', ''),
        labels: fc.constantFrom({}, { a: '-' }),
      }),
      spec: fc.record({
        ports: fc.array(port, { maxLength: 3 }),
        selector: fc.constantFrom({}, { a: 'b' }),
      }),
    });
    fc.assert(
      fc.property(service, (json) => {
        const { resource, errors, malformed } = readResource(json);
        const source = { name: 'a.json', text: textOf(json) };
        const { manifests, diagnostics } = parseManifests([source]);
        expect(textOf(resource)).toBe(textOf(manifests[0]?.resource));
        const said = diagnostics.map(({ message }) => message);
        const found = malformed === undefined ? errors.map(formatFieldError) : said;
        expect(found).toEqual(said);
        for (const message of said) expect(malformed ?? message).toContain(message);
      }),
      { numRuns: 200 },
    );
  });
});
