import { expect, it } from 'vitest';

import { serviceDomainName } from './service-domain-name.ts';

it('a Service is known by its name, its namespace and the cluster’s domain', () => {
  const named = { apiVersion: 'v1', kind: 'Service', spec: {} } as const;
  expect(
    serviceDomainName(
      { ...named, metadata: { name: 'web', namespace: 'shop' } },
      { clusterDomain: 'cluster.local' },
    ),
  ).toBe('web.shop.svc.cluster.local');
  expect(
    serviceDomainName({ ...named, metadata: { name: 'web' } }, { clusterDomain: 'K8s.Example' }),
  ).toBe('web.default.svc.k8s.example');
});
