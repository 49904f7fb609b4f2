import type { CompiledWithStandIns } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { given, service } from '../../test/objects.ts';
import { diff } from '../diff/diff.ts';

/** A Service with an endpoint for each of so many nodes and zones. */
function hinted(count: number, port: number): CompiledWithStandIns {
  const endpoints = Array.from({ length: count }, (_, index) => ({
    addresses: [`10.1.0.${index}`],
    hints: { forNodes: [{ name: `n${index}` }], forZones: [{ name: `z${index}` }] },
  }));
  return given(service('web', { clusterIP: '10.0.0.1' }), {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    endpoints,
    ports: [{ port }],
  });
}

describe('nodes and zones', () => {
  it('are all tried, and one of those that are treated alike is shown', () => {
    const { changes, complete } = diff(hinted(2, 8080), hinted(2, 9090));
    expect(complete).toBe(true);
    expect(
      changes.map(({ after, witnesses: [witness] }) => [
        witness?.node ?? witness?.zone,
        after.outcome === 'forward' && after.backends[0]?.endpoints,
      ]),
    ).toEqual([
      [undefined, ['10.1.0.0:9090', '10.1.0.1:9090']],
      ['z0', ['10.1.0.0:9090']],
      ['z1', ['10.1.0.1:9090']],
    ]);
  });

  it('are given up at some point, and the result says so', () => {
    expect(diff(hinted(80, 8080), hinted(80, 9090)).complete).toBe(false);
  });
});
