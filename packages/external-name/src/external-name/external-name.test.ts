import { admitServices, createServiceTypeRegistry, formatFieldError } from '@portolan/core';
import type { EndpointSet, Refusal, Service, ServiceSpec } from '@portolan/core';
import { serviceTypeContract } from '@portolan/core/service-type-contract';
import { describe, expect, it } from 'vitest';

import { externalName } from './external-name.ts';

const context = { nodes: [], clusterDomain: 'cluster.local' };

function service(spec: ServiceSpec): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'shop', name: 'db' },
    spec: { type: 'ExternalName', externalName: 'db.example.com', ...spec },
  };
}

function errorsOf(spec: ServiceSpec): readonly string[] {
  const registry = createServiceTypeRegistry([externalName()]);
  const { conditions } = admitServices(registry, [service(spec)]);
  return (conditions[0]?.errors ?? []).map(formatFieldError);
}

function endpointsOf(
  spec: ServiceSpec,
  allow?: readonly string[],
): readonly EndpointSet[] | Refusal {
  const registry = createServiceTypeRegistry([externalName({ allow })]);
  return registry.endpoints(service(spec), { discovered: () => [] }, context);
}

describe.each([
  ['', undefined],
  [' that may be dialled', ['db.example.com']],
])('an ExternalName Service%s', (_, allow) => {
  const types = [externalName({ allow })];
  const ports = [{ name: 'db', port: 5432 }];
  const make = (metadata: Service['metadata']): Service => ({ ...service({ ports }), metadata });
  it.each(serviceTypeContract({ types, make }))('keeps to the contract: $name', ({ run }) => {
    expect(run).not.toThrow();
  });
});

describe('an ExternalName Service', () => {
  it('is an alias in DNS, and nowhere to knock at', () => {
    const registry = createServiceTypeRegistry([externalName()]);
    const alias = service({ externalName: 'db.example.com.', ports: [{ port: 5432 }] });
    expect(registry.dnsRecords(alias, [], context)).toEqual([
      { type: 'CNAME', name: 'db.shop.svc.cluster.local', target: 'db.example.com' },
    ]);
    expect(registry.frontends(alias, context)).toEqual([]);
  });

  it('is given nothing', () => {
    const registry = createServiceTypeRegistry([externalName()]);
    const [admitted] = admitServices(registry, [service({})]).services;
    expect(admitted?.spec).toEqual({
      type: 'ExternalName',
      externalName: 'db.example.com',
      sessionAffinity: 'None',
    });
  });
});

describe('requests to an ExternalName Service', () => {
  it('are refused, unless the operator allows the name', () => {
    const refusal = {
      refused: 'ExternalNameNotAllowed',
      message:
        'requests to db.example.com are not allowed; the operator can list it in the options of the ExternalName type',
    };
    expect(endpointsOf({ ports: [{ port: 5432 }] })).toEqual(refusal);
    expect(endpointsOf({ ports: [{ port: 5432 }] }, ['www.example.com'])).toEqual(refusal);
  });

  it('go to that name, at the number of each Service port, where it is allowed', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 8080, appProtocol: 'http' },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ] as const;
    const endpoint = {
      address: 'db.example.com',
      addressType: 'FQDN',
      ready: true,
      serving: true,
      terminating: false,
    };
    expect(endpointsOf({ externalName: 'db.example.com.', ports }, ['*.example.com'])).toEqual([
      {
        portName: 'http',
        protocol: 'TCP',
        appProtocol: 'http',
        endpoints: [{ ...endpoint, port: 80 }],
      },
      { portName: 'dns', protocol: 'UDP', endpoints: [{ ...endpoint, port: 53 }] },
    ]);
  });

  it('find no endpoint where the Service has no port', () => {
    expect(endpointsOf({}, ['db.example.com'])).toEqual([]);
  });

  it.each(['10.0.0.1', 'localhost', 'db', 'db.shop.svc.cluster.local', 'db.internal'])(
    'are refused for %s, though a wildcard covers all that it may',
    (name) => {
      const allow = ['*.shop.svc.cluster.local', '*.internal', '*.example.com'];
      expect(endpointsOf({ externalName: name, ports: [{ port: 80 }] }, allow)).toMatchObject({
        refused: 'ExternalNameNotAllowed',
      });
    },
  );
});

describe('an ExternalName Service is refused', () => {
  it.each([
    [{ externalName: undefined }, ['spec.externalName: Required value']],
    [{ externalName: '.' }, ['spec.externalName: Required value']],
    [
      { externalName: 'DB.example.com' },
      [
        expect.stringMatching(
          /^spec\.externalName: Invalid value: "DB\.example\.com": a lowercase RFC 1123 subdomain must /,
        ),
      ],
    ],
    [
      { externalName: 'db.example.com..' },
      [expect.stringMatching(/^spec\.externalName: Invalid value: "db\.example\.com\.": /)],
    ],
    [
      { clusterIP: 'None' },
      ['spec.clusterIPs: Forbidden: may not be set for ExternalName services'],
    ],
    [
      { clusterIPs: ['10.96.0.1'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' },
      [
        'spec.clusterIPs: Forbidden: may not be set for ExternalName services',
        'spec.ipFamilies: Forbidden: may not be set for ExternalName services',
        'spec.ipFamilyPolicy: Forbidden: may not be set for ExternalName services',
      ],
    ],
    [
      { externalTrafficPolicy: 'Cluster' },
      [
        'spec.externalTrafficPolicy: Invalid value: "Cluster": may only be set for externally-accessible services',
      ],
    ],
  ] satisfies readonly (readonly [ServiceSpec, readonly unknown[]])[])('for %j', (spec, errors) => {
    expect(errorsOf(spec)).toEqual(errors);
  });

  it('but not for a name that could not be dialled, nor for ports', () => {
    expect(errorsOf({ externalName: '10.0.0.1', ports: [{ port: 80, nodePort: 30080 }] })).toEqual(
      [],
    );
    expect(errorsOf({ clusterIP: '', clusterIPs: [] })).toEqual([]);
  });
});

it('an entry that is no domain name is a wiring fault', () => {
  expect(() => externalName({ allow: ['https://example.com'] })).toThrow(TypeError);
});
