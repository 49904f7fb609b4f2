import type { ObjectKey } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addressPool, dialledAddresses, ipv6Address } from './address.ts';

const objectKeys = fc
  .tuple(fc.stringMatching(/^[a-z]{1,3}$/), fc.stringMatching(/^[a-z0-9-]{1,8}$/))
  .map(([namespace, name]): ObjectKey => `${namespace}/${name}`);

describe('addressPool', () => {
  it('gives each key an address of its own in 127.0.0.0/8, outside 127.0.0.0/16', () => {
    fc.assert(
      fc.property(fc.uniqueArray(objectKeys, { maxLength: 50 }), (keys) => {
        const addresses = keys.map(addressPool(new Set()));
        expect(new Set(addresses).size).toBe(keys.length);
        for (const address of addresses) {
          const [first, second, , last] = address.split('.').map(Number);
          expect(first).toBe(127);
          expect(second).toBeGreaterThanOrEqual(1);
          expect(second).toBeLessThanOrEqual(254);
          expect(last).toBeGreaterThanOrEqual(1);
          expect(last).toBeLessThanOrEqual(254);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gives a key the same address whatever was given out before', () => {
    const alone = addressPool(new Set())('default/web');
    const take = addressPool(new Set());
    take('default/db');
    take('shop/web');
    expect(take('default/web')).toBe(alone);
  });

  it('goes on to the next address where one is reserved', () => {
    const wanted = addressPool(new Set())('default/web');
    const next = addressPool(new Set([wanted]))('default/web');
    const afterNext = addressPool(new Set([wanted, next]))('default/web');
    expect(new Set([wanted, next, afterNext]).size).toBe(3);
    expect(number(next)).toBe(number(wanted) + 1);
  });

  it('goes on to the next address where another key has it', () => {
    const take = addressPool(new Set());
    const first = take('default/web');
    expect(number(take('default/web'))).toBe(number(first) + 1);
  });
});

describe('ipv6Address', () => {
  it('ends in the 32 bits of the IPv4 address, in the form of RFC 5952', () => {
    expect(ipv6Address('127.3.4.5')).toBe('fd7f::7f03:405');
    expect(ipv6Address('127.254.0.1')).toBe('fd7f::7ffe:1');
    expect(ipv6Address('127.10.255.254')).toBe('fd7f::7f0a:fffe');
  });
});

describe('dialledAddresses', () => {
  it('are those of Pods, Nodes, EndpointSlices and Endpoints', () => {
    const addresses = dialledAddresses([
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: { containers: [] },
        status: { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] },
      },
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'a' },
        status: { addresses: [{ type: 'InternalIP', address: '10.0.0.2' }] },
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: 'a' },
        addressType: 'IPv4',
        endpoints: [{ addresses: ['10.0.0.3'] }],
      },
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata: { name: 'a' },
        subsets: [{ addresses: [{ ip: '10.0.0.4' }], notReadyAddresses: [{ ip: '10.0.0.5' }] }],
      },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } },
    ]);
    expect([...addresses].toSorted()).toEqual([
      '10.0.0.1',
      '10.0.0.2',
      '10.0.0.3',
      '10.0.0.4',
      '10.0.0.5',
      'fd00::1',
    ]);
  });
});

function number(address: string): number {
  const [, second = 0, third = 0, last = 0] = address.split('.').map(Number);
  return ((second - 1) * 256 + third) * 254 + last;
}
