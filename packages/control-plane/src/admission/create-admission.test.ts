import { formatFieldError } from '@portolan/core';
import type { Admitted } from '@portolan/kube-api';
import {
  openStore,
  RESOURCE_TYPES,
  UnavailableError,
  type NewObject,
  type Persistence,
  type ResourceType,
  type Store,
  type StoredObject,
} from '@portolan/store';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createAdmission, type StoreAdmission } from './create-admission.ts';

type Fields = Readonly<Record<string, unknown>>;

const UID = '7d0c5f0e-7b53-4c1e-8f0d-0a9b3c2d1e00';

function typeOf(kind: string): ResourceType {
  const type = RESOURCE_TYPES.find((each) => each.kind === kind);
  if (type === undefined) throw new Error(`there is no kind ${kind}`);
  return type;
}

/** An object as the API hands it over. */
function object(kind: string, fields: Fields = {}, metadata: Fields = {}): NewObject {
  const { group, version, namespaced } = typeOf(kind);
  return {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    ...fields,
    metadata: {
      name: 'web',
      ...(namespaced && { namespace: 'shop' }),
      uid: UID,
      creationTimestamp: '2026-01-02T03:04:05Z',
      ...metadata,
    },
  };
}

const service = (spec: Fields = {}, metadata: Fields = {}): NewObject =>
  object('Service', { spec: { ports: [{ port: 80 }], ...spec } }, metadata);

/** A store with its admission, and what a client does with them. */
function world(store: Store = openStore()): {
  readonly store: Store;
  readonly admission: StoreAdmission;
  readonly get: (kind: string, name?: string) => StoredObject | undefined;
  readonly attempt: (object: NewObject, subresource?: string) => Admitted;
  readonly write: (object: NewObject, subresource?: string) => NewObject;
} {
  const admission = createAdmission({ store });
  const get = (kind: string, name = 'web'): StoredObject | undefined => {
    const { id, namespaced } = typeOf(kind);
    return store.get({ resource: id, namespace: namespaced ? 'shop' : '', name });
  };
  const attempt = (given: NewObject, subresource?: string): Admitted => {
    const previous = get(given.kind, given.metadata.name);
    return admission.admit({
      type: typeOf(given.kind),
      object: given,
      ...(previous && { previous }),
      ...(subresource !== undefined && { subresource }),
    });
  };
  const write = (given: NewObject, subresource?: string): NewObject => {
    const admitted = attempt(given, subresource);
    if (!('object' in admitted)) throw new Error(said(admitted).join());
    store.commit([{ put: admitted.object }]);
    return admitted.object;
  };
  return { store, admission, get, attempt, write };
}

/** Why something was refused. */
function said(admitted: Admitted): readonly string[] {
  if ('invalid' in admitted) return admitted.invalid.map(formatFieldError);
  if ('malformed' in admitted) return [admitted.malformed];
  return 'forbidden' in admitted ? [admitted.forbidden] : [];
}

/** The value at a path, such as `spec.ports.0.nodePort`. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (each, name) => (each === undefined ? each : new Map(Object.entries(each ?? {})).get(name)),
      value,
    );
}

describe('admission', () => {
  it('hands back what is to be kept, with all that the API filled in', () => {
    const pod = object(
      'Pod',
      { spec: { containers: [{ name: 'web', image: 'web:1' }] }, status: { podIP: '10.244.0.7' } },
      { generation: 2, finalizers: ['example.com/a'], managedFields: [{ manager: 'kubectl' }] },
    );
    expect(world().attempt(pod)).toEqual({ object: pod });
  });

  it('names unknown fields, and hands back the rest', () => {
    const admitted = world().attempt(service({ prots: 1 }, { colour: 'blue' }));
    expect(admitted).toMatchObject({
      unknownFields: expect.arrayContaining(['spec.prots', 'metadata.colour']),
    });
    expect(admitted).not.toHaveProperty('object.spec.prots');
    expect(admitted).not.toHaveProperty('object.metadata.colour');
  });

  it('refuses as malformed what is no object of its kind', () => {
    expect(said(world().attempt(service({ ports: 'http' })))).toEqual([
      'Service in version "v1" cannot be handled as a Service: spec.ports: Invalid value: "http": must be a list',
    ]);
  });

  it('refuses as invalid what is none by the rules of its kind, or of its Service type', () => {
    expect(said(world().attempt(object('Ingress', { spec: {} })))).toEqual([
      'spec: Invalid value: null: either `defaultBackend` or `rules` must be specified',
    ]);
    expect(said(world().attempt(service({ ports: [] })))).toEqual(['spec.ports: Required value']);
    expect(said(world().attempt(service({ type: 'Odd' })))[0]).toMatch(/^spec.type: Unsupported/u);
  });

  it('warns of what is taken here and would be refused by a cluster', () => {
    const slice = object('EndpointSlice', {
      addressType: 'IPv4',
      endpoints: [{ addresses: ['127.0.0.1'] }],
    });
    expect(world().attempt(slice)).toMatchObject({ warnings: [expect.stringMatching(/127/u)] });
  });

  it('warns of annotations of ours that say nothing', () => {
    const annotations = { 'portolan.dev/retires': '1', 'portolan.dev/retries': 'many' };
    expect(world().attempt(service({}, { annotations }))).toMatchObject({
      warnings: [
        'metadata.annotations[portolan.dev/retires]: there is no annotation portolan.dev/retires',
        expect.stringMatching(/^metadata.annotations\[portolan.dev\/retries\]: .* must be a whole/),
      ],
    });
  });

  it('takes a Secret’s text into its data', () => {
    const secret = object('Secret', {
      data: { a: 'YQ==', b: 'Yg==' },
      stringData: { b: 'ü', c: '' },
    });
    expect(world().write(secret)).toMatchObject({ data: { a: 'YQ==', b: 'w7w=', c: '' } });
    expect(world().write(secret)).not.toHaveProperty('stringData');
  });

  it('takes a Lease', () => {
    const lease = object('Lease', { spec: { leaseDurationSeconds: 15, holderIdentity: 'a' } });
    expect(world().write(lease)).toEqual(lease);
  });
});

describe('a status', () => {
  const POD = { spec: { containers: [{ name: 'web', image: 'web:1' }] } };

  it('given with the object counts', () => {
    const { write } = world();
    write(object('Pod', { ...POD, status: { phase: 'Pending' } }));
    expect(write(object('Pod', { ...POD, status: { phase: 'Running' } }))).toMatchObject({
      status: { phase: 'Running' },
    });
  });

  it.each([{}, { status: {} }, { status: { conditions: [] } }])(
    'stays where one is given as %j, which says nothing',
    (nothing) => {
      const { write } = world();
      write(object('Pod', { ...POD, status: { phase: 'Running' } }));
      const kept = write(object('Pod', { ...POD, ...nothing }));
      expect(kept['status']).toEqual(
        'conditions' in (nothing.status ?? {}) ? { conditions: [] } : { phase: 'Running' },
      );
    },
  );

  it('of a Service stays where a manifest has an empty one', () => {
    const { write } = world();
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1', ipMode: 'VIP' }] } };
    write({ ...service({ type: 'LoadBalancer' }), status });
    expect(
      write({ ...service({ type: 'LoadBalancer' }), status: { loadBalancer: {} } }),
    ).toMatchObject({ status });
  });

  it('may be emptied through its subresource', () => {
    const { write } = world();
    write(object('Pod', { ...POD, status: { phase: 'Running' } }));
    expect(write(object('Pod', { ...POD, status: {} }), 'status')['status']).toEqual({});
  });
});

describe('a Service', () => {
  it('is given what the same Service is given in a Snapshot', () => {
    const { spec } = world().write(service({ type: 'NodePort' }));
    expect(spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\./u),
      ipFamilies: ['IPv4'],
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP', nodePort: expect.any(Number) }],
    });
    expect(world().write(service({ type: 'NodePort' })).spec).toEqual(spec);
  });

  it('holds what it has from when it is in the store until it is deleted', () => {
    const { store, attempt, write } = world();
    const clusterIP = String(at(attempt(service()), 'object.spec.clusterIP'));
    const rival = service({ clusterIP }, { name: 'rival' });
    expect(said(attempt(rival))).toEqual([]);
    write(service());
    expect(said(attempt(rival))).toEqual([
      `spec.clusterIPs: Invalid value: ["${clusterIP}"]: failed to allocate IP ${clusterIP}: provided IP is already allocated`,
    ]);
    store.commit([{ delete: { resource: 'services', namespace: 'shop', name: 'web' } }]);
    expect(said(attempt(rival))).toEqual([]);
  });

  it('holds nothing where its commit fails', () => {
    const full: Persistence = {
      load: () => ({ objects: [], revision: 0 }),
      keep: () => {
        throw new Error('disk full');
      },
      close: () => undefined,
    };
    const { attempt, write } = world(openStore(full));
    expect(() => write(service({ clusterIP: '10.96.9.9' }))).toThrow(UnavailableError);
    expect(said(attempt(service({ clusterIP: '10.96.9.9' }, { name: 'rival' })))).toEqual([]);
  });

  it('holds what it has when it was in the store before', () => {
    const { store, admission, write } = world();
    write(service({ clusterIP: '10.96.9.9' }));
    admission.close();
    const { attempt } = world(store);
    expect(said(attempt(service({ clusterIP: '10.96.9.9' }, { name: 'rival' })))).toHaveLength(1);
    expect(said(attempt(service()))).toEqual([]);
  });

  it('is no longer followed once the admission is closed', () => {
    const { admission, attempt, write } = world();
    admission.close();
    write(service({ clusterIP: '10.96.9.9' }));
    expect(said(attempt(service({ clusterIP: '10.96.9.9' }, { name: 'rival' })))).toEqual([]);
  });

  it('keeps what it was given, whatever else is changed', () => {
    const { write } = world();
    const { spec } = write(
      service({
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        ipFamilyPolicy: 'PreferDualStack',
      }),
    );
    expect(spec).toMatchObject({ clusterIPs: [expect.any(String), expect.any(String)] });
    expect(
      write(
        service({ type: 'LoadBalancer', externalTrafficPolicy: 'Local', selector: { app: 'web' } }),
      ).spec,
    ).toEqual({ ...Object(spec), selector: { app: 'web' } });
  });

  it('gives back a second cluster IP, and takes another', () => {
    const { write } = world();
    const { spec: dual } = write(service({ ipFamilyPolicy: 'PreferDualStack' }));
    const { spec: single } = write(service({ ...Object(dual), ipFamilyPolicy: 'SingleStack' }));
    expect(single).toMatchObject({ clusterIPs: [at(dual, 'clusterIP')], ipFamilies: ['IPv4'] });
    const { spec: again } = write(
      service({ ...Object(single), ipFamilyPolicy: 'RequireDualStack' }),
    );
    expect(again).toEqual({ ...Object(dual), ipFamilyPolicy: 'RequireDualStack' });
  });

  it('may not give back one of two without saying so', () => {
    const { attempt, write } = world();
    const { spec } = write(service({ ipFamilyPolicy: 'PreferDualStack' }));
    const first = { clusterIPs: [at(spec, 'clusterIP')], ipFamilies: ['IPv4'] };
    expect(said(attempt(service({ ...Object(spec), ...first })))).toEqual([
      'spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be set to \'SingleStack\' when releasing the secondary clusterIP',
    ]);
    expect(
      said(attempt(service({ ...Object(spec), ...first, ipFamilyPolicy: 'SingleStack' }))),
    ).toEqual([]);
  });

  it('loses what its new type may not have', () => {
    const { write } = world();
    const { spec: balanced } = write(
      service({
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        loadBalancerClass: 'example.com/a',
      }),
    );
    const { spec: cluster } = write(
      service({ ...Object(balanced), type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' }),
    );
    expect(cluster).not.toHaveProperty('healthCheckNodePort');
    const { spec: inside } = write(service({ ...Object(cluster), type: 'ClusterIP' }));
    expect(inside).toEqual(world().write(service()).spec);
    const { spec: outside } = write(
      service({ ...Object(inside), type: 'ExternalName', externalName: 'shop.example' }),
    );
    for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      expect(outside).not.toHaveProperty(field);
    }
  });

  it('may not change its load balancer class', () => {
    const { attempt, write } = world();
    write(service({ type: 'LoadBalancer', loadBalancerClass: 'example.com/a' }));
    const other = service({ type: 'LoadBalancer', loadBalancerClass: 'example.com/b' });
    expect(said(attempt(other))).toEqual([
      'spec.loadBalancerClass: Invalid value: "example.com/b": may not change once set',
    ]);
  });

  it('from a cluster keeps what it had there, whatever our ranges, and whoever has the same', () => {
    const { attempt, write } = world();
    const theirs = {
      type: 'NodePort',
      clusterIP: '172.20.0.9',
      ports: [{ port: 80, nodePort: 8080 }],
    };
    const annotations = { 'portolan.dev/source': 'east' };
    for (const name of ['a', 'b']) {
      expect(write(service(theirs, { name, annotations })).spec).toMatchObject(theirs);
    }
    expect(
      write(service({ ...theirs, clusterIP: '172.20.0.10' }, { name: 'a', annotations })).spec,
    ).toMatchObject({
      clusterIP: '172.20.0.10',
    });
    expect(said(attempt(service({ clusterIP: '172.20.0.9' })))).toEqual([]);
  });
});

describe('an update', () => {
  const before = object('EndpointSlice', { addressType: 'IPv4' });
  const now = { addressType: 'IPv6' };

  it('may not change what never changes', () => {
    const { attempt, write } = world();
    write(before);
    expect(said(attempt(object('EndpointSlice', now)))).toEqual([
      'addressType: Invalid value: "IPv6": field is immutable',
    ]);
  });

  it('of an object from a cluster is that cluster’s business', () => {
    const { attempt, write } = world();
    const annotations = { 'portolan.dev/source': 'east' };
    write(object('EndpointSlice', { addressType: 'IPv4' }, { annotations }));
    expect(said(attempt(object('EndpointSlice', now, { annotations })))).toEqual([]);
  });
});

describe('whatever is sent', () => {
  it('is admitted or refused, and what is admitted is admitted again as it is', () => {
    const kinds = fc.constantFrom(...RESOURCE_TYPES.map(({ kind }) => kind));
    fc.assert(
      fc.property(
        kinds,
        fc.dictionary(fc.constantFrom('spec', 'status', 'data', 'subsets'), fc.jsonValue()),
        (kind, fields) => {
          const { attempt, get, write } = world();
          const admitted = attempt(object(kind, fields));
          expect('object' in admitted).toBe(said(admitted).length === 0);
          if (!('object' in admitted)) return;
          const kept = write(object(kind, fields));
          expect(kept).toEqual(admitted.object);
          expect(write(get(kind) ?? kept)).toMatchObject({ ...kept, metadata: {} });
        },
      ),
      { numRuns: 300 },
    );
  });
});
