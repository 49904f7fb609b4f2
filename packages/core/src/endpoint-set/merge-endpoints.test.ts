import { describe, expect, it } from 'vitest';

import type { Endpoint } from './endpoint-set.ts';
import { mergeEndpoints } from './merge-endpoints.ts';

function endpoint(address: string, port = 80, parts: Partial<Endpoint> = {}): Endpoint {
  return {
    address,
    addressType: address.includes(':') ? 'IPv6' : 'IPv4',
    port,
    ready: true,
    serving: true,
    terminating: false,
    ...parts,
  };
}

describe('merged endpoints', () => {
  it('are sorted by address type, by address as a number, and by port', () => {
    const sorted = [
      endpoint('9.0.0.1'),
      endpoint('10.0.0.2', 80),
      endpoint('10.0.0.2', 443),
      endpoint('10.0.0.2', 8080),
      endpoint('10.0.0.10'),
      endpoint('100.0.0.1'),
      endpoint('2001:db8::9'),
      endpoint('2001:db8::10'),
      endpoint('a.example.org', 80, { addressType: 'FQDN' }),
      endpoint('b.example.org', 80, { addressType: 'FQDN' }),
    ];
    expect(mergeEndpoints(sorted.toReversed())).toEqual(sorted);
  });

  it('hold no address and port twice, and the earlier source wins', () => {
    const first = endpoint('10.0.0.1', 80, { ready: false });
    const other = endpoint('10.0.0.1', 8080);
    expect(mergeEndpoints([first], [endpoint('10.0.0.1'), other])).toEqual([first, other]);
  });

  it('hold of one source the endpoint that is better fit to answer', () => {
    const ready = endpoint('10.0.0.1');
    const draining = endpoint('10.0.0.1', 80, { ready: false, terminating: true });
    const unready = endpoint('10.0.0.1', 80, { ready: false, serving: false });
    const gone = endpoint('10.0.0.1', 80, { ready: false, serving: false, terminating: true });
    expect(mergeEndpoints([gone, unready, draining, ready])).toEqual([ready]);
    expect(mergeEndpoints([draining, gone, unready])).toEqual([draining]);
    expect(mergeEndpoints([gone, unready])).toEqual([unready]);
  });

  it.each([
    ['what they stand for', { nodeName: 'n1' }, { nodeName: 'n2' }],
    ['their weight', { weight: 3 }, {}],
  ])('are the same for two that differ only in %s, in either order', (_, parts, otherParts) => {
    const one = endpoint('10.0.0.1', 80, parts);
    const other = endpoint('10.0.0.1', 80, otherParts);
    expect(mergeEndpoints([one, other])).toEqual(mergeEndpoints([other, one]));
  });
});
