import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, endpoints } from '../../../test/answerer/answerer.ts';
import { ingress, manifest, pod, service, to } from '../../../test/objects/objects.ts';
import { records } from '../../../test/records/records.ts';

describe('Service: Headless Services', () => {
  const headless = service('db', { clusterIP: 'None' });
  const pods = [1, 2].map((last) => pod(`db-${last}`, 'db', { ip: `10.8.0.${last}` }));
  const name = 'db.default.svc.cluster.local';
  const slice = (
    addressType: string,
    ...addresses: readonly string[]
  ): Record<string, unknown> => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `db-${addressType.toLowerCase()}`,
      labels: { 'kubernetes.io/service-name': 'db' },
    },
    addressType,
    ports: [{ name: '', port: 80 }],
    endpoints: addresses.map((address) => ({ addresses: [address] })),
  });

  it('no cluster IP is allocated', () => {
    const [admitted] = portolan(manifest(headless, pods)).compiled().services;
    expect(admitted?.spec).toMatchObject({ clusterIP: 'None', clusterIPs: ['None'] });
  });

  it('nothing is proxied: there is no address to knock at, only names in DNS', () => {
    const app = portolan(manifest(headless, pods), { entrance: 'internal' });
    expect(app.compiled().snapshot.frontends).toEqual({});
    expect(answerer(app, `http://${name}/`)).toBe(404);
  });

  it('with a selector the name leads to the Pods themselves', () => {
    const found = records([headless, ...pods]).filter((record) => record.startsWith(`${name} `));
    expect(found).toEqual([`${name} A 10.8.0.1`, `${name} A 10.8.0.2`]);
  });

  it('without a selector the name leads to all ready endpoints, of either IP family', () => {
    const bare = service('db', { clusterIP: 'None', selector: undefined });
    const found = records([bare, slice('IPv4', '10.1.2.3'), slice('IPv6', '2001:db8::7')]);
    expect(found.filter((record) => record.startsWith(`${name} `))).toEqual([
      `${name} A 10.1.2.3`,
      `${name} AAAA 2001:db8::7`,
    ]);
  });

  it('an Ingress calls the Pods like those of any Service', () => {
    const app = portolan(manifest(headless, pods, ingress({ defaultBackend: to('db') })));
    expect(endpoints(app, 'http://foo.bar.com/')).toEqual(['10.8.0.1:80', '10.8.0.2:80']);
  });
});
