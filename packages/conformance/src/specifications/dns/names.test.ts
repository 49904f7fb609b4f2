import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer } from '../../../test/answerer/answerer.ts';
import { backends, manifest, pod, service } from '../../../test/objects/objects.ts';
import { records } from '../../../test/records/records.ts';

describe('DNS-based service discovery: 2.1 Definitions', () => {
  const headless = service('headless', { clusterIP: 'None' });
  const name = 'headless.default.svc.cluster.local';

  it('the hostname of an endpoint goes before any identifier that the system gives', () => {
    const found = records([
      headless,
      pod('pet-1', 'headless', {
        ip: '10.3.0.1',
        spec: { hostname: 'rex', subdomain: 'headless' },
      }),
    ]);
    expect(found).toContain(`rex.${name} A 10.3.0.1`);
    expect(found.filter((record) => record.startsWith('10-3-0-1.'))).toEqual([]);
  });

  it('the hostname may come from an EndpointSlice', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'headless-1', labels: { 'kubernetes.io/service-name': 'headless' } },
      addressType: 'IPv4',
      ports: [{ name: '', port: 80 }],
      endpoints: [{ addresses: ['10.3.0.9'], hostname: 'max' }],
    };
    const byHand = service('headless', { clusterIP: 'None', selector: undefined });
    expect(records([byHand, slice])).toContain(`max.${name} A 10.3.0.9`);
  });

  it('endpoints that are not ready count as ready where the Service publishes them', () => {
    const publishing = service('headless', { clusterIP: 'None', publishNotReadyAddresses: true });
    const found = records([publishing, pod('pet-1', 'headless', { ip: '10.3.0.1', ready: false })]);
    expect(found).toContain(`${name} A 10.3.0.1`);
  });

  it('case makes no difference in a name that is asked for', () => {
    const app = portolan(manifest(backends('cart')), { entrance: 'internal' });
    expect(answerer(app, 'http://CART.default.SVC.cluster.local/')).toBe('cart');
  });
});

describe('DNS-based service discovery: 2.5 Records for External Name Services', () => {
  const spec = { type: 'ExternalName', externalName: 'www.example.com', selector: undefined };

  it('the name of the Service is a CNAME of the external name', () => {
    expect(records([service('foo', spec)])).toEqual([
      'foo.default.svc.cluster.local CNAME www.example.com',
    ]);
  });

  it('the dot that may close the external name makes no difference', () => {
    expect(records([service('foo', { ...spec, externalName: 'www.example.com.' })])).toEqual([
      'foo.default.svc.cluster.local CNAME www.example.com',
    ]);
  });
});
