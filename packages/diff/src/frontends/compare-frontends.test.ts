import type { CompiledWithStandIns } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { changes } from '../../test/changes.ts';
import type { Manifest } from '../../test/manifests.ts';
import { deployment, given, ingress, node, service } from '../../test/objects.ts';

const web = [service('web'), deployment('web')];
const cart = [service('cart'), deployment('cart')];

describe('the address of a Service', () => {
  const balanced = (ranges?: readonly string[]): CompiledWithStandIns =>
    given(
      deployment('web'),
      service(
        'web',
        {
          type: 'LoadBalancer',
          allocateLoadBalancerNodePorts: false,
          ...(ranges && { loadBalancerSourceRanges: ranges }),
        },
        ['203.0.113.10'],
      ),
    );

  it('is closed to those outside of its source ranges', () => {
    expect(changes(balanced(), balanced(['10.0.0.0/8']))).toEqual([
      'reachability: shop/web:80 → 403 SourceNotAllowed (shop/web:80): http://203.0.113.10/, from 198.51.100.7',
    ]);
  });

  it('is opened to those in a range that is added, which the witness is from', () => {
    expect(changes(balanced(['10.0.0.0/8']), balanced(['10.0.0.0/8', '172.16.0.0/12']))).toEqual([
      'reachability: 403 SourceNotAllowed (shop/web:80) → shop/web:80: http://203.0.113.10/, from 172.16.0.1',
    ]);
    expect(changes(balanced(['10.0.0.0/8']), balanced(['10.0.0.0/9', '10.128.0.0/9']))).toEqual([]);
  });

  it('takes all paths from the rules when it comes', () => {
    const rules = [...cart, ingress('i', { '/': 'cart', '/x': 'gone' })];
    const open = service('web', { externalIPs: ['203.0.113.10'] });
    expect(changes(given(...web, ...rules), given(open, deployment('web'), ...rules))).toEqual([
      'reachability: 503 BackendNotFound (shop/gone:80) → shop/web:80: http://203.0.113.10/x',
      'backend: shop/cart:80 → shop/web:80: http://203.0.113.10/',
    ]);
  });

  it('gives paths on as they come, which rules to the same Service do not', () => {
    const rules = ingress('i', { '*': 'web' });
    const open = service('web', { externalIPs: ['203.0.113.10'] });
    expect(changes(given(...web, rules), given(open, deployment('web'), rules))).toEqual([
      'path: shop/web:80, path {path} → shop/web:80, path {path as received}: http://203.0.113.10//',
    ]);
  });

  it('refuses no path that can not be read, as rules do', () => {
    const rules = ingress('i', { '*': 'web' });
    const open = service('web', { externalIPs: ['203.0.113.10'] });
    expect(changes(given(service('web'), rules), given(open, rules))).toEqual([
      'status: 400 InvalidPath → 503 NoReadyEndpoints (shop/web): http://203.0.113.10/%',
    ]);
  });

  it('is each node, at a node port', () => {
    const nodes = [node('n1', '192.0.2.1', 'z1'), node('n2', '192.0.2.2', 'z1')];
    const open = (nodePort: number): CompiledWithStandIns =>
      given(
        ...nodes,
        deployment('web'),
        service('web', { type: 'NodePort', ports: [{ port: 80, targetPort: 8080, nodePort }] }),
      );
    expect(changes(open(30080), open(30090))).toEqual([
      'reachability: shop/web:80 → 404 NoMatchingRoute: http://192.0.2.1:30080/ +1',
      'reachability: 404 NoMatchingRoute → shop/web:80: http://192.0.2.1:30090/ +1',
    ]);
  });

  it('keeps routed requests from the port that it has', () => {
    const rules = (path: string) => ingress('i', { [path]: 'web' }, { host: 'a.com' });
    const taken = {
      ...service('web', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }),
      status: { loadBalancer: { ingress: [{ hostname: 'a.com' }] } },
    };
    expect(
      changes(
        given(taken, deployment('web'), rules('/a')),
        given(taken, deployment('web'), rules('/b')),
      ),
    ).toEqual([
      'reachability: shop/web:80 → 404 NoMatchingRoute: http://a.com:8080/a',
      'reachability: 404 NoMatchingRoute → shop/web:80: http://a.com:8080/b',
    ]);
  });

  it('that a manifest fixes is compared, and one that Portolan gave out is left to the names', () => {
    const fixed = (clusterIP: string): CompiledWithStandIns =>
      given(deployment('web'), service('web', { clusterIP }));
    expect(changes(fixed('10.0.0.1'), fixed('10.0.0.2'))).toEqual([
      'reachability: shop/web:80 → 404 NoMatchingRoute: http://10.0.0.1/, inside the cluster',
      'reachability: 404 NoMatchingRoute → shop/web:80: http://10.0.0.2/, inside the cluster',
    ]);
    expect(changes(given(...web), given())).toEqual([
      'reachability: shop/web:80 → 404 NoMatchingRoute: http://web.shop/, inside the cluster +2',
    ]);
  });

  it('that Portolan gave to one Service on both sides stands for those of its family', () => {
    const slice = (addressType: string, address: string): Manifest => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: addressType.toLowerCase(),
        namespace: 'shop',
        labels: { 'kubernetes.io/service-name': 'web' },
      },
      addressType,
      endpoints: [{ addresses: [address] }],
      ports: [{ port: 8080 }],
    });
    const dual = (address: string): CompiledWithStandIns =>
      given(
        service('web', { ipFamilyPolicy: 'RequireDualStack' }),
        slice('IPv4', '10.1.0.1'),
        slice('IPv6', address),
      );
    expect(changes(dual('fd00::1'), dual('fd00::2'))).toEqual([
      expect.stringMatching(
        /^endpoints: shop\/web:80 at \[fd00::1\]:8080 → shop\/web:80 at \[fd00::2\]:8080: http:\/\/\[fd00:10:96::[0-9a-f]+\]\/, inside the cluster$/,
      ),
    ]);
  });
});
