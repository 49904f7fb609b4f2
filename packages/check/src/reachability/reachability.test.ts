import type { Dialer } from '@portolan/proxy';
import { serviceBinding, vpcNetwork } from '@portolan/proxy';
import { describe, expect, it } from 'vitest';

import {
  codesOf,
  deployment,
  documents,
  findingsOf,
  ingress,
  pod,
  service,
  told,
  WEB,
} from '../../test/manifests.ts';

const CODE = 'EndpointNotReachable';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports:
  - port: 80
    targetPort: 8080
`;
const ROUTED = documents(SERVICE, deployment('web'), ingress('web'));

/** A port that speaks `appProtocol` at 8080. */
function speaking(appProtocol: string): string {
  const ports = [{ port: 80, targetPort: 8080, appProtocol }];
  return documents(service('web', { ports }), deployment('web'), ingress('web'));
}

const binding = { fetch: () => Promise.reject(new Error('nobody is called')) };

describe('endpoints that can not be reached', () => {
  it('are found once for a port, with what the dialer says, and no address that was invented', () => {
    expect(told(CODE, ROUTED, { target: 'workers' })).toEqual([
      {
        at: 'port: 80',
        severity: 'error',
        field: 'spec.ports[0]',
        message:
          'no endpoint of port 80 can be reached from Workers: url: a Pod IP is an IP literal, which fetch does not take here',
        remedy:
          'a VPC network binding reaches Pod IPs, a service binding another Worker in their place',
      },
    ]);
    expect(JSON.stringify(findingsOf(ROUTED, { target: 'workers' }))).not.toMatch(
      /127\.\d+\.\d+\.\d+|10\.244|fd7f|fd00/u,
    );
  });

  it.each(['node', 'deno', 'bun'] as const)('are none of a Pod from %s', (target) => {
    expect(told(CODE, ROUTED, { target })).toEqual([]);
  });

  it('are those at a port that the runtime does not connect to', () => {
    const ports = [{ port: 80, targetPort: 6000 }];
    const text = documents(
      service('web', { ports }),
      deployment('web', undefined, []),
      ingress('web'),
    );
    for (const target of ['node', 'deno'] as const) {
      expect(told(CODE, text, { target })).toMatchObject([
        { field: 'spec.ports[0].targetPort', remedy: 'have the Pods listen at another port' },
      ]);
    }
    expect(told(CODE, text, { target: 'bun' })).toEqual([]);
  });

  it('are those of native gRPC, from everywhere', () => {
    for (const target of ['workers', 'node', 'deno', 'bun'] as const) {
      expect(told(CODE, speaking('kubernetes.io/h2c'), { target })).toMatchObject([
        {
          field: 'spec.ports[0].appProtocol',
          message: expect.stringContaining('HTTP/2 without TLS'),
        },
      ]);
    }
  });

  it('are a warning where others can be reached', () => {
    const name = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType: 'FQDN',
      ports: [{ port: 8080 }],
      endpoints: [{ addresses: ['web.example'] }],
    };
    const text = documents(
      service('web', { selector: { app: 'web' } }),
      pod('web-0', { podIP: '10.1.2.3' }),
      name,
      ingress('web'),
    );
    expect(told(CODE, text, { target: 'workers' })).toMatchObject([
      {
        severity: 'warning',
        message:
          'not every endpoint of port 80 can be reached from Workers: url: 10.1.2.3 is an IP literal, which fetch does not take here',
      },
    ]);
  });

  it('are looked for only where somebody can knock', () => {
    expect(told(CODE, WEB, { target: 'workers' })).toEqual([]);
    const open = documents(service('web', { type: 'NodePort' }), deployment('web'));
    expect(told(CODE, open, { target: 'workers' })).toHaveLength(1);
  });

  it('are looked for only where it is said where it is to run', () => {
    expect(codesOf(ROUTED)).toEqual(['TLSNotTerminated']);
  });
});

describe('dialers that are given', () => {
  it('are asked in place of the plain one', () => {
    const bound = serviceBinding(binding, { services: ['shop/web'] });
    expect(told(CODE, ROUTED, { target: 'workers', dialers: [bound] })).toEqual([]);
    expect(told(CODE, ROUTED, { target: 'workers', dialers: [vpcNetwork(binding)] })).toEqual([]);
  });

  it('all say why not', () => {
    const dialers: readonly Dialer[] = [
      serviceBinding(binding, { services: ['shop/other'] }),
      {
        name: 'mine',
        dial: ({ endpoint }) => ({ unreachable: 'Far', message: `${endpoint.address} is far` }),
      },
    ];
    expect(told(CODE, ROUTED, { dialers })[0]?.message).toBe(
      'no endpoint of port 80 can be reached with these dialers: serviceBinding: the binding is not for Service shop/web; mine: a Pod IP is far',
    );
  });

  it('that are limited to certain addresses are not asked about Pods that have none yet', () => {
    const dialers = [vpcNetwork(binding, { cidrs: ['192.168.0.0/16'] })];
    expect(told(CODE, ROUTED, { dialers })).toEqual([]);
    const real = documents(SERVICE, pod('web-0', { podIP: '10.1.2.3' }), ingress('web'));
    expect(told(CODE, real, { dialers })[0]?.message).toContain(
      '10.1.2.3 is in none of 192.168.0.0/16',
    );
  });
});

describe('the Host header', () => {
  it.each(['workers', 'node'] as const)('is not kept from %s, which is said once', (target) => {
    const text = documents(WEB, ingress('b'), ingress('a'));
    expect(told('HostNotKept', text, { target })).toEqual([
      {
        at: expect.stringMatching(/^"host":"shop.example"/u),
        severity: 'notice',
        field: 'spec.rules[0].host',
        message: expect.stringContaining(
          'see their own address as Host, and shop.example as X-Forwarded-Host',
        ),
        ...(target === 'node' && { remedy: 'the socket dialer of @portolan/node keeps Host' }),
      },
    ]);
  });

  it('is kept from Deno and Bun, and by a service binding', () => {
    expect(told('HostNotKept', ROUTED, { target: 'deno' })).toEqual([]);
    expect(told('HostNotKept', ROUTED, { target: 'bun' })).toEqual([]);
    const dialers = [serviceBinding(binding, { services: ['shop/web'] })];
    expect(told('HostNotKept', ROUTED, { target: 'workers', dialers })).toEqual([]);
  });

  it("is nobody's concern where no rule leads to an endpoint", () => {
    expect(told('HostNotKept', documents(ingress('web')), { target: 'node' })).toEqual([]);
    const empty = documents(
      service('web'),
      ingress('web'),
      service('a', { type: 'NodePort' }),
      deployment('a'),
    );
    expect(told('HostNotKept', empty, { target: 'node' })).toEqual([]);
  });

  it('is not asked for where no rule has one', () => {
    const defaultBackend = { service: { name: 'web', port: { number: 80 } } };
    const text = documents(WEB, ingress('web', { rules: [], tls: [], defaultBackend }));
    expect(told('HostNotKept', text, { target: 'node' })).toEqual([]);
  });
});

describe('a host policy', () => {
  const policy = (value: string): object => ({ 'portolan.dev/host-policy': value });

  it('that asks for the Host has requests fail where it is not kept, and this is said of who asks', () => {
    const strict = service('web', {}, { metadata: { annotations: policy('Require') } });
    const byService = documents(strict, deployment('web'), ingress('a'), ingress('b'));
    expect(told('HostNotKept', byService, { target: 'node' })).toEqual([
      {
        at: expect.stringMatching(/^"portolan.dev\/host-policy":/u),
        severity: 'error',
        field: 'metadata.annotations[portolan.dev/host-policy]',
        message:
          'endpoints reached from Node see their own address as Host, and so requests get a 502',
        remedy:
          'the socket dialer of @portolan/node keeps Host; with Preserve they find the Host that the client sent in X-Forwarded-Host',
      },
    ]);
    expect(told('HostNotKept', byService, { target: 'workers' })).toMatchObject([
      { remedy: 'with Preserve they find the Host that the client sent in X-Forwarded-Host' },
    ]);
    const byIngress = documents(WEB, ingress('web', {}, policy('Require')));
    expect(told('HostNotKept', byIngress, { target: 'node' })).toMatchObject([
      { severity: 'error' },
    ]);
    expect(told('HostNotKept', byIngress, { target: 'deno' })).toEqual([]);
  });

  it('of an Ingress goes before that of the Service', () => {
    const strict = service('web', {}, { metadata: { annotations: policy('Require') } });
    const text = documents(strict, deployment('web'), ingress('web', {}, policy('Preserve')));
    expect(told('HostNotKept', text, { target: 'node' })).toMatchObject([{ severity: 'notice' }]);
  });

  it('that asks for the own Host of the endpoint has it, and nothing is to be said', () => {
    const text = documents(WEB, ingress('web', {}, policy('Endpoint')));
    expect(told('HostNotKept', text, { target: 'node' })).toEqual([]);
  });
});

describe('WebSockets', () => {
  const none: Dialer = {
    name: 'mine',
    dial: () => ({
      fetch: () => Promise.reject(new Error('nobody is called')),
      base: 'http://web.example',
      keepsHost: true,
      upgrades: 'none',
    }),
  };

  it('are spoken of only where appProtocol does', () => {
    expect(told('UpgradeNotPassedOn', ROUTED, { dialers: [none] })).toEqual([]);
    expect(
      told('UpgradeNotPassedOn', speaking('kubernetes.io/ws'), { dialers: [none] }),
    ).toMatchObject([
      {
        severity: 'warning',
        field: 'spec.ports[0].appProtocol',
        message: 'WebSockets are not passed on with these dialers: they get a 501',
      },
    ]);
  });

  it('are passed on from everywhere else', () => {
    const text = speaking('kubernetes.io/ws');
    expect(told('UpgradeNotPassedOn', text, { dialers: [vpcNetwork(binding)] })).toEqual([]);
    for (const target of ['node', 'deno', 'bun'] as const) {
      expect(told('UpgradeNotPassedOn', text, { target })).toEqual([]);
    }
  });
});
