import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatFieldError } from '../field-error/field-error.ts';
import { SOURCE_ANNOTATION } from '../provenance/provenance.ts';
import { objectKey } from '../resources/meta.ts';
import type { ObjectMeta } from '../resources/meta.ts';
import type { Service, ServicePort, ServiceSpec } from '../resources/service.ts';
import { admitServices } from './admission.ts';
import { ipPool } from './ip-pool.ts';
import { portPool } from './port-pool.ts';
import { createServiceTypeRegistry } from './registry.ts';
import { createServiceAdmission } from './service-admission.ts';
import type { ServiceAdmission } from './service-admission.ts';
import type { ServiceType } from './service-type.ts';

/** One address for each Service, but for headless ones. */
const withAddress: ServiceType = {
  type: 'ClusterIP',
  pools: [ipPool('clusterIP/IPv4', '10.96.0.0/16')],
  applyDefaults: (given) => {
    const { clusterIP, clusterIPs = clusterIP ? [clusterIP] : [] } = given.spec;
    return { ...given, spec: { ...given.spec, ...(clusterIPs.length > 0 && { clusterIPs }) } };
  },
  validate: ({ spec }) =>
    spec.type === 'ClusterIP'
      ? (spec.ports ?? []).flatMap(({ nodePort }, index) =>
          nodePort === undefined
            ? []
            : [{ type: 'Forbidden', field: `spec.ports[${index}].nodePort`, detail: 'not here' }],
        )
      : [],
  claims: ({ spec }) =>
    spec.clusterIP === 'None'
      ? []
      : [
          {
            pool: 'clusterIP/IPv4',
            field: 'spec.clusterIPs[0]',
            ...(spec.clusterIP && { wanted: spec.clusterIP }),
          },
        ],
  grant: (given, grants) => {
    const clusterIP = grants['spec.clusterIPs[0]'];
    if (clusterIP === undefined) return given;
    return { ...given, spec: { ...given.spec, clusterIP, clusterIPs: [clusterIP] } };
  },
};

/** A port on every node for each port. */
const withNodePorts: ServiceType = {
  type: 'NodePort',
  buildsOn: 'ClusterIP',
  pools: [portPool('nodePort', 30000, 30999)],
  claims: ({ spec }, inherited) => [
    ...inherited,
    ...(spec.ports ?? []).map(({ nodePort, port }, index) => ({
      pool: 'nodePort',
      field: `spec.ports[${index}].nodePort`,
      sharedBy: String(port),
      ...(nodePort !== undefined && { wanted: String(nodePort) }),
    })),
  ],
  grant: (given, grants) => ({
    ...given,
    spec: {
      ...given.spec,
      ports: (given.spec.ports ?? []).map((port, index) => ({
        ...port,
        nodePort: Number(grants[`spec.ports[${index}].nodePort`]),
      })),
    },
  }),
};

const bare: ServiceType = {
  type: 'ExternalName',
  validate: ({ spec }) =>
    spec.clusterIP === undefined
      ? []
      : [{ type: 'Forbidden', field: 'spec.clusterIPs', detail: 'not here' }],
};

const registry = createServiceTypeRegistry([withAddress, withNodePorts, bare]);

function service(
  name: string,
  spec: ServiceSpec = {},
  annotations?: ObjectMeta['annotations'],
): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name, ...(annotations && { annotations }) },
    spec: { ports: [{ port: 80 }], ...spec },
  };
}

const fromSource = { [SOURCE_ANNOTATION]: 'east' };

/** The Service as it is admitted. */
function admit(admission: ServiceAdmission, given: Service, previous?: Service): Service {
  const admitted = admission.admit(given, previous);
  if ('errors' in admitted) throw new Error(admitted.errors.map(formatFieldError).join());
  return admitted.service;
}

/** As `admit`, and it is held. */
function keep(admission: ServiceAdmission, given: Service, previous?: Service): Service {
  const kept = admit(admission, given, previous);
  admission.hold(kept);
  return kept;
}

function faults(
  admission: ServiceAdmission,
  given: Service,
  previous?: Service,
): readonly string[] {
  const admitted = admission.admit(given, previous);
  return 'errors' in admitted ? admitted.errors.map(formatFieldError) : [];
}

const nodePortsOf = ({ spec }: Service): readonly (number | undefined)[] =>
  (spec.ports ?? []).map(({ nodePort }) => nodePort);

describe('admission of one Service after the other', () => {
  it('gives a Service what it would be given among all', () => {
    const given = service('web', { type: 'NodePort' });
    expect(admit(createServiceAdmission(registry), given)).toEqual(
      admitServices(registry, [given]).services[0],
    );
  });

  it('gives nobody what another holds', () => {
    const admission = createServiceAdmission(registry);
    const { clusterIP } = keep(admission, service('web')).spec;
    expect(faults(admission, service('mail', { clusterIP }))).toEqual([
      `spec.clusterIPs[0]: Invalid value: "${clusterIP}": provided IP is already allocated`,
    ]);
  });

  it('gives free what is released', () => {
    const admission = createServiceAdmission(registry);
    const { clusterIP } = keep(admission, service('web')).spec;
    admission.release('shop/web');
    expect(admit(admission, service('mail', { clusterIP })).spec.clusterIP).toBe(clusterIP);
  });

  it('holds nothing of what is only admitted, nor of what is refused', () => {
    const admission = createServiceAdmission(registry);
    const { clusterIP } = admit(admission, service('web')).spec;
    const refused = service('cart', {
      type: 'NodePort',
      clusterIP: '10.96.0.7',
      ports: [{ port: 80, nodePort: 80 }],
    });
    expect(faults(admission, refused)).toHaveLength(1);
    expect(admit(admission, service('mail', { clusterIP })).spec.clusterIP).toBe(clusterIP);
    expect(faults(admission, service('mail', { clusterIP: '10.96.0.7' }))).toEqual([]);
  });

  it('holds what is there at the start, whoever has it twice', () => {
    const admission = createServiceAdmission(registry);
    const taken = { clusterIP: '10.96.1.1' };
    for (const name of ['web', 'mail']) admission.hold(service(name, taken));
    admission.release('shop/web');
    expect(faults(admission, service('cart', taken))).toHaveLength(1);
    admission.release('shop/mail');
    expect(faults(admission, service('cart', taken))).toEqual([]);
  });

  it('refuses a type that no plugin serves', () => {
    expect(faults(createServiceAdmission(registry), service('web', { type: 'Odd' }))).toEqual([
      'spec.type: Unsupported value: "Odd": supported values: "ClusterIP", "ExternalName", "NodePort"',
    ]);
  });
});

describe('a Service that is updated', () => {
  const admission = createServiceAdmission(registry);
  const ports: readonly ServicePort[] = [
    { name: 'http', port: 80 },
    { name: 'tls', port: 443 },
  ];
  const web = keep(admission, service('web', { type: 'NodePort', ports }));
  const [http, tls] = nodePortsOf(web);

  it('keeps what it leaves out: cluster IPs, and node ports by the name of their port', () => {
    const reordered = [
      { name: 'tls', port: 8443 },
      { name: 'http', port: 8080 },
      { name: 'new', port: 81 },
    ];
    const { spec } = admit(
      admission,
      service('web', { type: 'NodePort', ports: reordered, selector: { app: 'web' } }),
      web,
    );
    expect(spec.clusterIP).toBe(web.spec.clusterIP);
    expect(spec.clusterIPs).toEqual(web.spec.clusterIPs);
    expect(spec.ports?.map(({ nodePort }) => nodePort).slice(0, 2)).toEqual([tls, http]);
    expect([http, tls]).not.toContain(spec.ports?.[2]?.nodePort);
  });

  it('may give one port the node port of another', () => {
    const swapped = [{ name: 'http', port: 80, nodePort: tls }, ports[1] ?? { port: 443 }];
    const found = nodePortsOf(
      admit(admission, service('web', { type: 'NodePort', ports: swapped }), web),
    );
    expect(found[0]).toBe(tls);
    expect(found[1]).not.toBe(tls);
  });

  it('gives free what it no longer has, once it is held', () => {
    const own = createServiceAdmission(registry);
    const before = keep(own, service('a', { type: 'NodePort', ports }));
    keep(own, service('a', { type: 'NodePort', ports: ports.slice(0, 1) }), before);
    const wanted = service('b', {
      type: 'NodePort',
      ports: [{ port: 1, nodePort: nodePortsOf(before)[1] }],
    });
    expect(faults(own, wanted)).toEqual([]);
  });

  it('may not change its cluster IP', () => {
    const changed = service('web', { type: 'NodePort', clusterIP: '10.96.9.9' });
    expect(faults(admission, changed, web)).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.96.9.9"]: may not change once set',
    ]);
  });

  it('may not change it beside the list that it was in, either', () => {
    const changed = service('web', {
      type: 'NodePort',
      clusterIP: '10.96.9.9',
      clusterIPs: web.spec.clusterIPs,
    });
    expect(faults(admission, changed, web)).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.96.9.9"]: may not change once set',
    ]);
  });

  it('stays headless, and may not become so', () => {
    const headless = keep(admission, service('db', { clusterIP: 'None' }));
    expect(admit(admission, service('db'), headless).spec.clusterIPs).toEqual(['None']);
    expect(faults(admission, service('web', { type: 'NodePort', clusterIP: 'None' }), web)).toEqual(
      ['spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set'],
    );
  });

  it('loses what its new type may not have, unless the update changes that', () => {
    const toClusterIP: Service = { ...web, spec: { ...web.spec, type: 'ClusterIP' } };
    expect(nodePortsOf(admit(admission, toClusterIP, web))).toEqual([undefined, undefined]);
    const changed: Service = {
      ...toClusterIP,
      spec: { ...toClusterIP.spec, ports: [{ port: 80, nodePort: 30001 }] },
    };
    expect(faults(admission, changed, web)).toEqual([
      'spec.ports[0].nodePort: Forbidden: not here',
    ]);
  });

  it('may change its cluster IP by way of a type without', () => {
    const toExternalName: Service = { ...web, spec: { ...web.spec, type: 'ExternalName' } };
    const bareWeb = admit(admission, toExternalName, web);
    expect(bareWeb.spec).not.toHaveProperty('clusterIP');
    expect(bareWeb.spec).not.toHaveProperty('clusterIPs');
    const back = service('web', { clusterIP: '10.96.9.9' });
    expect(admit(admission, back, bareWeb).spec.clusterIP).toBe('10.96.9.9');
  });

  it('keeps a value that lies outside the range, which was another one once', () => {
    const own = createServiceAdmission(registry);
    const old = service('old', { clusterIP: '172.16.0.1', clusterIPs: ['172.16.0.1'] });
    expect(faults(own, old)).toHaveLength(1);
    own.hold(old);
    expect(admit(own, service('old'), old).spec.clusterIP).toBe('172.16.0.1');
    expect(faults(own, service('new', { clusterIP: '172.16.0.1' }))).toHaveLength(1);
  });
});

describe('a Service that was taken over from a cluster', () => {
  const given = service('far', { clusterIP: '172.16.0.1' }, fromSource);

  it('has what it had there, in our ranges or not, and may change it', () => {
    const admission = createServiceAdmission(registry);
    const far = keep(admission, given);
    expect(far.spec.clusterIP).toBe('172.16.0.1');
    const moved = service('far', { clusterIP: '172.16.0.2' }, fromSource);
    expect(admit(admission, moved, far).spec.clusterIP).toBe('172.16.0.2');
  });

  it('is in nobody’s way, and nobody in its; but nobody is given its values automatically', () => {
    const admission = createServiceAdmission(registry);
    const near = admit(admission, service('web'));
    const { clusterIP } = near.spec;
    keep(admission, service('far', { clusterIP }, fromSource));
    keep(admission, service('further', { clusterIP }, fromSource));
    expect(admit(admission, service('web')).spec.clusterIP).not.toBe(clusterIP);
    expect(keep(admission, service('web', { clusterIP })).spec.clusterIP).toBe(clusterIP);
    expect(faults(admission, service('far', { clusterIP }, fromSource))).toEqual([]);
    admission.release('shop/far');
    expect(faults(admission, service('mail', { clusterIP }))).toHaveLength(1);
  });
});

describe('whatever is created, updated and deleted', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const step = fc.record({
    name: fc.constantFrom(...names),
    type: fc.constantFrom('ClusterIP', 'NodePort', 'ExternalName', undefined),
    ports: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('http', 'tls', 'dns'),
        port: fc.integer({ min: 1, max: 5 }),
        nodePort: fc.option(fc.integer({ min: 30000, max: 30005 }), { nil: undefined }),
      }),
      { maxLength: 3, selector: ({ name }) => name },
    ),
    clusterIP: fc.option(fc.constantFrom('10.96.0.1', '10.96.0.2', 'None'), { nil: undefined }),
    deletes: fc.boolean(),
  });

  it('no value is had twice, all is given free in the end, and all of them together would have the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const admission = createServiceAdmission(registry);
        const kept = new Map<string, Service>();
        for (const { name, type, ports, clusterIP, deletes } of steps) {
          const previous = kept.get(name);
          if (deletes) {
            admission.release(`shop/${name}`);
            kept.delete(name);
            continue;
          }
          const given = service(name, {
            ports: ports.map(({ nodePort, ...port }) => ({
              ...port,
              ...(nodePort && { nodePort }),
            })),
            ...(type && { type }),
            ...(clusterIP && { clusterIP }),
          });
          const admitted = admission.admit(given, previous);
          if ('errors' in admitted) continue;
          admission.hold(admitted.service);
          kept.set(name, admitted.service);
        }
        const services = [...kept.values()];
        const addresses = services.flatMap(({ spec }) => spec.clusterIP ?? []);
        const unique = addresses.filter((address) => address !== 'None');
        expect(new Set(unique).size).toBe(unique.length);
        const allocated = services
          .filter(({ spec }) => spec.type === 'NodePort')
          .flatMap((each) => [...new Set(nodePortsOf(each))]);
        expect(new Set(allocated).size).toBe(allocated.length);
        const together = admitServices(registry, services);
        expect(together.conditions).toEqual([]);
        const byName = services.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
        expect(together.services).toEqual(byName);

        for (const each of services) admission.release(objectKey(each));
        const all = Array.from({ length: 1000 }, (_, index) => ({
          port: index + 1,
          nodePort: 30000 + index,
        }));
        const addressed = unique.map((clusterIP, index) => service(`z${index}`, { clusterIP }));
        expect(faults(admission, service('all', { type: 'NodePort', ports: all }))).toEqual([]);
        for (const each of addressed) expect(faults(admission, each)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('Services that fix nothing have what they would have together, in whatever order they come', () => {
    const admission = createServiceAdmission(registry);
    const services = Array.from({ length: 12 }, (_, index) =>
      service(`service-${index}`, { type: 'NodePort' }),
    );
    const { services: together } = admitServices(registry, services);
    const inTurn = services.toReversed().map((each) => keep(admission, each));
    expect(inTurn.toSorted((a, b) => (objectKey(a) < objectKey(b) ? -1 : 1))).toEqual(together);
  });
});
