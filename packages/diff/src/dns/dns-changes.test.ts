import type { CompiledWithStandIns } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { deployment, given, pod, service } from '../../test/objects.ts';
import { diff } from '../diff/diff.ts';
import { reverseAddress } from './reverse-address.ts';

/** `type name: before → after`, names without what all have in common. */
function changed(before: CompiledWithStandIns, after: CompiledWithStandIns): readonly string[] {
  return diff(before, after).dns.map(
    ({ name, type, before: was, after: is }) =>
      `${type} ${name.replace('.shop.svc.cluster.local', '')}: ${was.join(', ')} → ${is.join(', ')}`,
  );
}

const headless = { clusterIP: 'None', ports: [{ name: 'http', port: 80, targetPort: 8080 }] };

describe('in DNS', () => {
  it('a Service comes with its name, and goes', () => {
    expect(changed(given(), given(service('web')))).toEqual(['A web:  → cluster IP']);
    expect(changed(given(service('web')), given())).toEqual(['A web: cluster IP → ']);
  });

  it('a cluster IP that a manifest fixes is an answer, and has a name of its own', () => {
    const fixed = (clusterIP: string): CompiledWithStandIns => given(service('web', { clusterIP }));
    expect(changed(fixed('10.0.0.1'), fixed('10.0.0.2'))).toEqual([
      'PTR 1.0.0.10.in-addr.arpa: web.shop.svc.cluster.local → ',
      'PTR 2.0.0.10.in-addr.arpa:  → web.shop.svc.cluster.local',
      'A web: 10.0.0.1 → 10.0.0.2',
    ]);
  });

  it('stand-ins count, whatever addresses and names they have', () => {
    const of = (replicas: number, image: string): CompiledWithStandIns =>
      given(service('web', headless), deployment('web', replicas, image));
    expect(changed(of(2, 'v1'), of(2, 'v2'))).toEqual([]);
    expect(changed(of(2, 'v1'), of(3, 'v1'))).toEqual([
      'SRV _http._tcp.web: 2 × Deployment shop/web:8080 → 3 × Deployment shop/web:8080',
      'A web: 2 × Deployment shop/web → 3 × Deployment shop/web',
    ]);
  });

  it('real Pods are answers, and have names of their own', () => {
    const of = (address: string): CompiledWithStandIns =>
      given(service('web', headless), pod('web', 'a', address));
    expect(changed(of('10.0.0.1'), of('10.0.0.2'))).toEqual([
      'PTR 1.0.0.10.in-addr.arpa: 10-0-0-1.web.shop.svc.cluster.local → ',
      'A 10-0-0-1.web: 10.0.0.1 → ',
      'A 10-0-0-2.web:  → 10.0.0.2',
      'PTR 2.0.0.10.in-addr.arpa:  → 10-0-0-2.web.shop.svc.cluster.local',
      'SRV _http._tcp.web: 10-0-0-1.web.shop.svc.cluster.local:8080 → 10-0-0-2.web.shop.svc.cluster.local:8080',
      'A web: 10.0.0.1 → 10.0.0.2',
    ]);
  });

  it('an alias may lead elsewhere', () => {
    const of = (externalName: string): CompiledWithStandIns =>
      given({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'pay', namespace: 'shop' },
        spec: { type: 'ExternalName', externalName },
      });
    expect(changed(of('a.example'), of('b.example'))).toEqual(['CNAME pay: a.example → b.example']);
  });
});

describe('the address of a name in a reverse zone', () => {
  it.each([
    ['7.1.244.10.in-addr.arpa', '10.244.1.7'],
    [`7.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`, '2001:db8::7'],
    ['web.shop.svc.cluster.local', undefined],
    ['1.10.in-addr.arpa', undefined],
    ['256.0.0.10.in-addr.arpa', undefined],
  ])('%s is %s', (name, address) => {
    expect(reverseAddress(name)).toBe(address);
  });
});
