import { check } from '@portolan/check';
import { compileWithStandIns } from '@portolan/compile';
import { explain, type DescribedRequest } from '@portolan/explain';
import { describe, expect, it } from 'vitest';

import { decodeScenario, encodeScenario } from '../scenario/permalink.ts';
import type { Example } from './example.ts';
import { EXAMPLES } from './examples.ts';

function example(id: string): Example {
  const found = EXAMPLES.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no example ${id}`);
  return found;
}

const subjectOf = ({ scenario }: Example) =>
  compileWithStandIns([{ name: 'manifests.yaml', text: scenario.manifests }]);

/** What answers, and how many may: `shop/cart:80 2`, or the status where nobody does. */
function answer(id: string, request: DescribedRequest): string {
  const explanation = explain(subjectOf(example(id)).compiled.snapshot, request);
  const { service, status, reason, endpoints } = explanation;
  if (status !== undefined) return `${status} ${reason}`;
  return `${service?.namespace}/${service?.name}:${service?.port} ${endpoints.length}`;
}

const TLS = 'notice TLSNotTerminated';

/** All that `check` says of each. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  shop: [TLS],
  precedence: [TLS, 'notice HostWithoutTLS', 'warning Conflicted'],
  'service-types': [],
  traffic: [TLS],
  zones: [],
  names: [TLS, 'error ExternalNameNotAllowed'],
  mistakes: [
    TLS,
    'error BackendNotFound',
    'error BackendNotFound',
    'warning LiteralAsterisk',
    'warning ServiceSelectsNothing',
    'warning PodSelectedByNone',
    'error NamedPortMissing',
    'warning UnknownAnnotation',
    'error UnknownField',
  ],
};

describe('the examples', () => {
  it('have an id each, that a URL can hold', () => {
    const ids = EXAMPLES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(ids.toSorted()).toEqual(Object.keys(FINDINGS).toSorted());
  });

  it.each(EXAMPLES)('$id: check finds what it should, and nothing else', (each) => {
    const found = check(subjectOf(each)).map(({ severity, code }) => `${severity} ${code}`);
    expect(found).toEqual(FINDINGS[each.id]);
  });

  it.each(EXAMPLES)('$id: names Pods and workloads that are there', (each) => {
    const { plan } = subjectOf(each);
    const names = plan.pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(names).toEqual(expect.arrayContaining(Object.keys(each.scenario.pods.pods)));
    expect(each.scenario.pods.replicas).toEqual({});
  });

  it.each(EXAMPLES)('$id: goes through a permalink', async ({ scenario }) => {
    expect(await decodeScenario(await encodeScenario(scenario))).toEqual(scenario);
  });

  it('mark each of the seven mistakes below the comment that counts it', () => {
    const each = example('mistakes');
    const lines = each.scenario.manifests.split('\n');
    const numbers = check(subjectOf(each))
      .filter(({ severity, code }) => severity !== 'notice' && code !== 'PodSelectedByNone')
      .map(({ line }) =>
        lines
          .slice(0, line)
          .findLast((text) => /# \d\. /.test(text))
          ?.replace(/^ *# (\d).*/, '$1'),
      );
    expect(numbers).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });
});

describe('a request of the examples', () => {
  it.each([
    ['shop', 'shop/cart:80 2'],
    ['precedence', 'docs/start:80 2'],
    ['service-types', 'demo/web-for-partners:80 2'],
    ['traffic', 'tea/leaves:80 5'],
    ['zones', 'maps/tiles:80 2'],
    ['names', 'data/database:8086 3'],
    ['mistakes', '503 NoReadyEndpoints'],
  ])('in %s is answered by %s', (id, expected) => {
    expect(answer(id, example(id).scenario.request)).toBe(expected);
  });

  it.each([
    ['shop', 'http://shop.example/cartoons', 'shop/storefront:80 3'],
    ['shop', 'http://tea.shop.example/', 'shop/vendors:80 2'],
    ['shop', 'http://a.b.shop.example/', 'shop/lost-and-found:80 1'],
    ['precedence', 'http://docs.example/guide/start/', 'docs/guide:80 2'],
    ['precedence', 'http://docs.example/guide/end', 'docs/guide:80 2'],
    ['precedence', 'http://docs.example/', 'docs/pages:80 2'],
    ['precedence', 'http://other.example/guide/start', 'docs/wildcard:80 2'],
    ['precedence', 'http://elsewhere.test/guide/start', 'docs/any-host:80 2'],
    ['service-types', 'http://192.0.2.11:30080/', 'demo/web-on-nodes:80 2'],
    ['traffic', 'http://tea.example/cups/7', 'tea/cups:80 3'],
    ['names', 'http://data.example/backup', '503 ExternalNameNotAllowed'],
    ['mistakes', 'http://blog.example/comments', '503 BackendNotFound'],
    ['mistakes', 'http://blog.example/search', '503 PortNotFound'],
    ['mistakes', 'http://blog.example/feeds/all', '503 NoReadyEndpoints'],
  ])('in %s for %s is answered by %s', (id, url, expected) => {
    expect(answer(id, { url })).toBe(expected);
  });

  it('reaches a ClusterIP from inside only, and a load balancer from its sources only', () => {
    const url = 'http://web-inside.demo.svc.cluster.local/';
    expect(answer('service-types', { url, entrance: 'internal' })).toBe('demo/web-inside:80 2');
    expect(answer('service-types', { url })).toMatch(/^404 /);
    const atAddress = { url: 'http://203.0.113.10/', from: '192.0.2.1' };
    expect(answer('service-types', atAddress)).toMatch(/^403 /);
  });

  it.each([
    [{ url: 'http://tiles.maps.svc.cluster.local/', zone: 'west' }, 'maps/tiles:80 1'],
    [{ url: 'http://tiles.maps.svc.cluster.local/', zone: 'north' }, 'maps/tiles:80 3'],
    [{ url: 'http://tiles-here.maps.svc.cluster.local/', node: 'node-a' }, 'maps/tiles-here:80 2'],
    [{ url: 'http://tiles-here.maps.svc.cluster.local/', node: 'node-c' }, /^503 /],
  ])('goes by node and zone: %j', (request, expected) => {
    expect(answer('zones', { ...request, entrance: 'internal' })).toMatch(expected);
  });

  it('from outside goes to the Pods of the node that was asked', () => {
    const at = (url: string, node: string): string => answer('zones', { url, node });
    expect(at('http://192.0.2.11:30080/', 'node-a')).toBe('maps/tiles-outside:80 2');
    expect(at('http://192.0.2.12:30080/', 'node-b')).toBe('maps/tiles-outside:80 1');
    expect(at('http://192.0.2.13:30080/', 'node-c')).toMatch(/^503 /);
  });
});
