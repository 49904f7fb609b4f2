import { describe, expect, it } from 'vitest';

import { documents, service, told, WEB } from '../../test/manifests.ts';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: old, namespace: shop}
spec:
  ports: [{name: http, port: 80}]
`;

const SLICE = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: old-1
  namespace: shop
  labels:
    kubernetes.io/service-name: NAME
addressType: IPv4
ports:
- {name: PORT, port: 8080}
endpoints:
- addresses: [10.0.0.1]
`;

function slice(name: string, port: string): string {
  return SLICE.replace('NAME', name).replace('PORT', port);
}

function endpoints(name: string, namespace = 'shop'): object {
  const subset = { addresses: [{ ip: '10.0.0.1' }], ports: [{ name: 'http', port: 8080 }] };
  return { apiVersion: 'v1', kind: 'Endpoints', metadata: { name, namespace }, subsets: [subset] };
}

describe('a Service without a selector', () => {
  const CODE = 'NoEndpointsGiven';

  it('that nobody gives endpoints is found', () => {
    expect(told(CODE, SERVICE)).toEqual([
      {
        at: 'spec:',
        severity: 'warning',
        field: 'spec',
        message: 'it has no selector, and no EndpointSlice names it: requests get a 503',
      },
    ]);
  });

  it('is found too where the ports have other names', () => {
    expect(told(CODE, documents(SERVICE, slice('old', 'web')))).toMatchObject([
      {
        message:
          'it has no selector, and EndpointSlice old-1 gives no address for any of its ports: requests get a 503',
        related: ['ports:'],
      },
    ]);
  });

  it('is in order with an EndpointSlice or Endpoints, and so is an alias in DNS', () => {
    expect(told(CODE, documents(SERVICE, slice('old', 'http')))).toEqual([]);
    expect(told(CODE, documents(SERVICE, endpoints('old')))).toEqual([]);
    const alias = { type: 'ExternalName', externalName: 'a.example', selector: undefined };
    expect(told(CODE, documents(service('old', alias)))).toEqual([]);
    expect(told(CODE, WEB)).toEqual([]);
  });
});

describe('endpoints', () => {
  const CODE = 'EndpointsWithoutService';

  it('whose Service is not there are found at the label', () => {
    expect(told(CODE, documents(slice('odl', 'http'), SERVICE))).toEqual([
      {
        at: 'kubernetes.io/service-name: odl',
        severity: 'warning',
        field: 'metadata.labels[kubernetes.io/service-name]',
        message: 'Service shop/odl is not among these manifests, so nobody uses these addresses',
        remedy: 'namespace shop has old',
      },
    ]);
  });

  it('that name no Service are found', () => {
    const text = slice('old', 'http').replace('kubernetes.io/service-name', 'app');
    expect(told(CODE, documents(text, SERVICE))).toMatchObject([
      {
        at: 'labels:',
        message:
          'it names no Service by the label kubernetes.io/service-name, so nobody uses its addresses',
      },
    ]);
  });

  it('of the older kind belong to the Service of their name', () => {
    expect(told(CODE, documents(SERVICE, endpoints('old')))).toEqual([]);
    expect(told(CODE, documents(SERVICE, endpoints('new')))).toMatchObject([
      { field: 'metadata.name' },
    ]);
  });
});
