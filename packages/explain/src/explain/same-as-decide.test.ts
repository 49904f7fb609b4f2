import { decide, type Decision } from '@portolan/engine';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { shop } from '../../test/shop.ts';
import type { Explanation } from '../explanation/explanation.ts';
import { formatExplanation } from '../format/format-explanation.ts';
import type { DescribedRequest } from '../request/described-request.ts';
import { requestFactsOf } from '../request/received-request.ts';
import { explain } from './explain.ts';

const snapshot = shop();

const host = fc.constantFrom(
  'shop.example',
  'SHOP.example.',
  'a.shop.example',
  'a.b.shop.example',
  'h',
  '1.2.3.4:81',
  '10.96.0.10',
  '10.96.0.11',
  '192.0.2.1:30080',
  '192.0.2.2:30080',
  '192.0.2.1:30081',
  '203.0.113.10',
  'cart.shop.svc.cluster.local',
  'office.shop.svc.cluster.local:81',
);
const path = fc
  .array(
    fc.constantFrom(
      'cart',
      'exactly',
      'search',
      'nobody',
      'port',
      'names',
      'zonal',
      'sticky',
      'secure',
      'grpc',
      'payments',
      'secret',
      'same',
      'younger',
      '.',
      '..',
      '',
      '%63art',
      '%zz',
      '%2F',
    ),
    { maxLength: 3 },
  )
  .map((elements) => `/${elements.join('/')}`);

const request: fc.Arbitrary<DescribedRequest> = fc.record(
  {
    url: fc
      .tuple(fc.constantFrom('http', 'https'), host, path, fc.constantFrom('', '?', '?a=b', '#c'))
      .map(([scheme, at, below, rest]) => `${scheme}://${at}${below}${rest}`),
    method: fc.constantFrom('GET', 'post', 'PURGE'),
    headers: fc.dictionary(
      fc.constantFrom('host', 'Host', 'accept', 'x-forwarded-for', 'connection'),
      fc.oneof(host, fc.constantFrom('', 'a b', 'close', '[::1')),
      { maxKeys: 2 },
    ),
    from: fc.constantFrom('198.51.100.7', '192.0.2.7', '2001:db8::7'),
    entrance: fc.constantFrom('external', 'internal'),
    node: fc.constantFrom('node-a', 'node-b', 'node-c'),
    zone: fc.constantFrom('zone-a', 'zone-b', 'zone-c'),
  },
  { requiredKeys: ['url'] },
);

type Answer = Pick<Explanation, 'location' | 'outcome' | 'reason' | 'route' | 'status'> & {
  readonly endpoints: readonly string[];
};

function answerOf(decision: Decision): Answer {
  return {
    outcome: decision.outcome,
    status: decision.outcome === 'forward' ? undefined : decision.status,
    reason: decision.outcome === 'respond' ? decision.reason : undefined,
    location: decision.outcome === 'redirect' ? decision.location : undefined,
    route: decision.route,
    endpoints:
      decision.outcome === 'forward'
        ? decision.endpoints.map(({ address, port }) => `${address} ${port}`)
        : [],
  };
}

function answerIn({ outcome, status, reason, location, route, endpoints }: Explanation): Answer {
  return {
    outcome,
    status,
    reason,
    location,
    route,
    endpoints: endpoints.map(({ address, port }) => `${address} ${port}`),
  };
}

it('an explanation says of every request what decide does, with a trace and without', () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(request, (described) => {
      const decided = answerOf(decide(snapshot, requestFactsOf(described)));
      outcomes.add(decided.reason ?? decided.outcome);
      expect(answerIn(explain(snapshot, described))).toEqual(decided);
      expect(answerIn(explain(snapshot, described, { trace: false }))).toEqual(decided);
    }),
    { numRuns: 2000 },
  );
  expect(outcomes.size).toBeGreaterThan(8);
});

it('an explanation is plain JSON, and can be told in words', () => {
  fc.assert(
    fc.property(request, fc.boolean(), (described, trace) => {
      const explanation = explain(snapshot, described, { trace });
      expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
      const text = formatExplanation(explanation, { width: 80, colours: false });
      expect(text).toContain(explanation.reason ?? explanation.service?.name);
      expect(text).not.toMatch(/undefined|\[object|\n\n\n|[ \t]$/mu);
    }),
    { numRuns: 500 },
  );
});
