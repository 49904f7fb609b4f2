import { PLAIN } from '@portolan/terminal';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  deployment,
  documents,
  findingsOf,
  ingress,
  path,
  pod,
  rule,
  service,
} from '../../test/manifests.ts';
import { faultsOf } from '../../test/sound.ts';
import { formatFindings } from '../format/text.ts';

const SHOP = [
  service('web', {
    type: 'NodePort',
    ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080 }],
  }),
  service('dns', { ports: [{ port: 53, protocol: 'UDP' }], externalIPs: ['203.0.113.9'] }),
  service('pay', { type: 'ExternalName', externalName: 'pay.example', selector: undefined }),
  service(
    'out',
    { type: 'LoadBalancer' },
    { status: { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } } },
  ),
  service('mail', { type: 'LoadBalancer', ports: [{ port: 25, appProtocol: 'smtp' }] }),
  deployment('web', { app: 'web', tier: 'edge' }),
  pod('dns', { podIP: '10.0.0.1', phase: 'Running' }, { labels: { app: 'dns' } }),
  ingress(
    'web',
    { rules: [rule('shop.example', path('/'), path('/a', { port: { name: 'http' } }))] },
    { 'nginx.ingress.kubernetes.io/rewrite-target': '/', 'example.com/a': 'b' },
  ),
  ingress('old', {
    rules: [rule('*.shop.example', path('/(a|b)', { name: 'gone' }, 'ImplementationSpecific'))],
  }),
  { apiVersion: 'traefik.io/v1', kind: 'Middleware', metadata: { name: 'a' } },
];

/** Values that somebody may write by mistake, or that another field has. */
const VALUES = fc.oneof(
  fc.constantFrom('', 'web', 'constructor', '__proto__', '*', '*.', '/', '/(', 'http', 'None'),
  fc.constantFrom(0, -1, 80, 65_536, 1e9, 1.5, true, null),
  fc.constantFrom<object>([], {}, [null], { app: 'web' }, ['10.0.0.1'], [{}]),
);

interface Edit {
  readonly at: number;
  readonly value: unknown;
  readonly isRemoved: boolean;
}

const EDITS = fc.array(fc.record({ at: fc.nat(), value: VALUES, isRemoved: fc.boolean() }), {
  minLength: 1,
  maxLength: 4,
});

/** The objects with fields replaced or left out, whichever they are. */
function edited(edits: readonly Edit[]): readonly object[] {
  const objects: object[] = structuredClone(SHOP);
  for (const { at, value, isRemoved } of edits) {
    const places = objects.flatMap(placesIn);
    const [holder, key] = places[at % places.length] ?? [];
    if (holder === undefined || key === undefined) continue;
    if (isRemoved) Reflect.deleteProperty(holder, key);
    // A later edit may change it, and the next run is to find it as it was.
    else Reflect.set(holder, key, structuredClone(value));
  }
  return objects;
}

function placesIn(holder: object): readonly (readonly [object, string])[] {
  return Object.entries(holder).flatMap(([key, value]) => [
    [holder, key] as const,
    ...(typeof value === 'object' && value !== null ? placesIn(value) : []),
  ]);
}

describe('checking whatever there is', () => {
  it('never throws, and says nothing unsound, for manifests with mistakes in them', () => {
    fc.assert(
      fc.property(EDITS, fc.constantFrom('workers', 'node', undefined), (edits, target) => {
        const text = documents(...edited(edits));
        const findings = findingsOf(text, { target });
        expect(faultsOf(findings, new Map([['shop.yaml', text]]))).toEqual([]);
        formatFindings(findings, PLAIN, { sources: [{ name: 'shop.yaml', text }] });
      }),
      { numRuns: 300 },
    );
  });

  it('never throws for text with pieces cut out', () => {
    const whole = documents(...SHOP);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(200), (from, length) => {
        const text = whole.slice(0, from) + whole.slice(from + length);
        expect(faultsOf(findingsOf(text), new Map([['shop.yaml', text]]))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
