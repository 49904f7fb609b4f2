import type { CompiledWithStandIns } from '@portolan/compile';
import * as fc from 'fast-check';

import type { Probe } from '../src/probe/probe.ts';

/** Requests near everything that two sides could tell apart. */
export function requestsFor(
  sides: readonly CompiledWithStandIns[],
  paths: readonly string[],
): fc.Arbitrary<Probe> {
  const hosts = new Set(['a.com', 'b.a.com', 'c.a.com', 'd.c.a.com', 'elsewhere.org', 'n']);
  const ports = new Set([80, 443, 8080]);
  const places = new Set<Pick<Probe, 'entrance' | 'host' | 'port'>>();
  for (const { compiled } of sides) {
    const { frontends, nodeAddresses } = compiled.snapshot;
    for (const host of Object.keys(nodeAddresses)) hosts.add(host);
    for (const key of Object.keys(frontends)) {
      const [, entrance, host = '', port] = /^(\w+) TCP (.*):(\d+)$/.exec(key) ?? [];
      ports.add(Number(port));
      if (host === '*') continue;
      hosts.add(host);
      places.add({
        entrance: entrance === 'internal' ? 'internal' : 'external',
        host,
        port: Number(port),
      });
    }
  }
  const anywhere = fc.record({
    entrance: fc.constantFrom('external' as const, 'external' as const, 'internal' as const),
    host: fc.constantFrom(...hosts),
    port: fc.constantFrom(...ports),
  });
  return fc
    .record({
      place: places.size === 0 ? anywhere : fc.oneof(anywhere, fc.constantFrom(...places)),
      scheme: fc.constantFrom('http' as const, 'https' as const),
      path: fc
        .tuple(
          fc.constantFrom(...paths),
          fc.constantFrom('', '', '', '/', '/x', 'x', '/b', '/../b', '//', '/%'),
        )
        .map(([path, more]) => path + more),
      method: fc.constantFrom('GET', 'POST'),
      query: fc.constantFrom('', 'q=1', 'q=2&p=1'),
      headers: fc.constantFrom<Probe['headers'][]>({}, { a: '1' }, { a: '2', b: '1' }),
      clientAddress: fc.constantFrom(
        undefined,
        '10.0.0.1',
        '10.1.0.1',
        '198.51.100.1',
        '2001:db8::1',
        '203.0.113.1',
      ),
      node: fc.constantFrom(undefined, 'n1', 'n2', 'n3'),
      zone: fc.constantFrom(undefined, 'z1', 'z2', 'z3'),
    })
    .map(({ place, ...request }): Probe => ({ ...request, ...place }));
}
