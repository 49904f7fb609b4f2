import type { ObjectKey } from '@portolan/core';
import { PLAIN, styleOf } from '@portolan/terminal';
import { describe, expect, it } from 'vitest';

import { shop } from '../../test/shop.ts';
import { explain } from '../explain/explain.ts';
import type {
  ExplainedCandidate,
  ExplainedEndpoint,
  Explanation,
} from '../explanation/explanation.ts';
import type { DescribedRequest } from '../request/described-request.ts';
import { formatExplanation } from './format-explanation.ts';

const snapshot = shop();
const EIGHTY = { width: 80, colours: false };

function told(url: string, more: Partial<DescribedRequest> = {}): string {
  return formatExplanation(explain(snapshot, { url, ...more }), EIGHTY);
}

/** The part of a text that begins with a heading. */
function part(text: string, heading: string): string {
  return text.split('\n\n').find((each) => each.startsWith(heading)) ?? 'none';
}

/** What is said of the answer, before any part with a heading. */
function answerIn(text: string): string {
  return text.split(/\n\n(?=\S)/)[0] ?? '';
}

const plain: Explanation = {
  request: { method: 'GET', url: 'http://h/', entrance: 'external' },
  outcome: 'forward',
  service: { namespace: 'shop', name: 'cart', port: 80 },
  target: '/',
  endpoints: [],
};

describe('an explanation in words', () => {
  it('says what becomes of the request, why, what else there was, and what the endpoint gets', () => {
    const headers = { Accept: 'text/html', Forwarded: 'for=192.0.2.9' };
    expect(told('https://shop.example//sticky/7', { from: '198.51.100.7', headers })).toBe(`\
GET https://shop.example//sticky/7
  from 198.51.100.7
→ Service shop/sticky:80, 2 endpoints

  rule      Ingress shop/shop, spec.rules[0].http.paths[8]
  why       PathPrefix /sticky on shop.example: /sticky/7 is /sticky or below it
  path      //sticky/7 is normalised to /sticky/7
  affinity  198.51.100.7 keeps to 10.0.1.1:8080: sessionAffinity is ClientIP

Rules that lost
  PathPrefix /        PathPrefix /sticky is longer than PathPrefix /
                      spec.rules[0].http.paths[0]
  PathPrefix /search  /sticky/7 is not /search or below it
                      spec.rules[0].http.paths[3]
  PathPrefix /secure  /sticky/7 is not /secure or below it
                      spec.rules[0].http.paths[9]
  PathPrefix /secret  /sticky/7 is not /secret or below it
                      spec.rules[0].http.paths[12]
  PathPrefix /same    /sticky/7 is not /same or below it
                      spec.rules[0].http.paths[13]
  and 11 more for this host, 1 for other hosts

Endpoints: 2 of 3 may answer
     ADDRESS        POD     NODE    ZONE
  ✓  10.0.0.1:8080  cart-0  node-a  zone-a
  ✓  10.0.1.1:8080  cart-1  node-b  zone-b
  ✗  10.0.1.2:8080  cart-2  node-b  zone-b  not ready

Headers that the endpoint sees
  ~ forwarded          for=198.51.100.7;host=shop.example;proto=https, sent as
                       for=192.0.2.9
  ~ host               10.0.1.1:8080, sent as shop.example
  + via                1.1 portolan
  + x-forwarded-for    198.51.100.7
  + x-forwarded-host   shop.example
  + x-forwarded-port   443
  + x-forwarded-proto  https
  + x-request-id       <new for each request>
    as sent            accept`);
  });

  it('says the same in colours', () => {
    const explanation = explain(snapshot, { url: 'http://shop.example/cart' });
    const terminal = { width: 80, colours: true };
    const coloured = formatExplanation(explanation, terminal);
    expect(coloured).toContain(`${styleOf(terminal).green('→')} Service shop/cart:80`);
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(formatExplanation(explanation, EIGHTY));
  });

  it('fits the terminal, be it narrow or wide', () => {
    for (const width of [64, 80, 120, 200]) {
      for (const path of ['cart', 'search', 'nobody', 'secret', 'zonal']) {
        const explanation = explain(snapshot, { url: `http://shop.example/${path}` });
        const text = formatExplanation(explanation, { width, colours: false }, { all: true });
        expect(Math.max(...text.split('\n').map((each) => each.length))).toBeLessThanOrEqual(width);
      }
    }
  });

  it('can do without a trace', () => {
    const url = 'http://shop.example/cart';
    const text = formatExplanation(explain(snapshot, { url }, { trace: false }), EIGHTY);
    expect(text).toMatch(/^GET .*\n→ Service shop\/cart:80, 2 endpoints\n\n {2}rule /);
    expect(text).not.toContain('Rules');
  });
});

describe('the answer', () => {
  it('is a redirect with its location', () => {
    const location = 'https://h/';
    const redirected = { ...plain, outcome: 'redirect', status: 301, location } as const;
    expect(formatExplanation(redirected)).toBe('GET http://h/\n→ 301 https://h/');
  });

  it('is a status with its reason, and what would have to change', () => {
    expect(answerIn(told('http://shop.example/search'))).toBe(`\
GET http://shop.example/search
→ 503 NoReadyEndpoints: nobody is ready to answer for Service shop/search

  rule    Ingress shop/shop, spec.rules[0].http.paths[3]
  why     PathPrefix /search on shop.example: /search is /search or below it
  remedy  a Pod must become ready; these are not: search-0, search-1`);
  });

  it('tells under which circumstances the request was sent', () => {
    const headers = { host: 'a b' };
    const circumstances = { entrance: 'internal', node: 'node-a', zone: 'zone-a' } as const;
    expect(told('http://h/', { headers, method: 'post', ...circumstances })).toBe(`\
POST http://h/
  Host: a b, inside the cluster, at node node-a, in zone zone-a
→ 400 InvalidHost: "a b" is not a host`);
  });

  it('tells that it was a Service’s own address, and which policy keeps endpoints out', () => {
    expect(told('http://192.0.2.1:30080/')).toBe(`\
GET http://192.0.2.1:30080/
→ 503 NoReadyEndpoints: nobody is ready to answer for Service shop/office

  address  port 30080 of every node is the Service's own: no rule is asked
  remedy   the traffic policy is Local: only endpoints on the node where the
           request arrives may answer, and they are on node-b

Endpoints: 0 of 1 may answer
     ADDRESS        POD       NODE    ZONE
  ✗  10.0.1.5:8080  office-0  node-b  zone-b  on another node`);
    expect(told('http://10.96.0.10/', { entrance: 'internal' })).toContain(
      "address  10.96.0.10:80 is the Service's own: no rule is asked",
    );
    expect(formatExplanation({ ...plain, frontend: 'internal TCP fd00::7:80' })).toContain(
      "address  [fd00::7]:80 is the Service's own: no rule is asked",
    );
  });

  it('tells what else than normalising became of the path', () => {
    const request = { ...plain.request, url: 'http://h/old/x?q' };
    expect(formatExplanation({ ...plain, request, target: '/new/x?q' })).toContain(
      'path  /old/x is rewritten to /new/x',
    );
  });

  it('tells that no fetch can address the endpoint', () => {
    expect(told('http://shop.example/grpc')).toContain(
      '  but   appProtocol kubernetes.io/h2c needs HTTP/2 without TLS, which is not\n        spoken here',
    );
  });

  it('tells that a default backend takes what no rule does', () => {
    const defaultBackend = { namespace: 'shop', name: 'cart', port: 80 };
    const text = formatExplanation(explain(shop({ defaultBackend }), { url: 'http://h/' }));
    expect(text).toContain('  why   no rule takes the request');
    expect(part(text, 'Rules')).toBe('Rules that do not fit\n  18 rules for other hosts');
  });
});

describe('the rules that lost', () => {
  const candidate: ExplainedCandidate = {
    kind: 'Ingress',
    namespace: 'shop',
    name: 'shop',
    rule: 'spec.rules[0].http.paths[0]',
    path: '/',
    pathType: 'PathPrefix',
    host: 'h',
    outcome: 'lost',
    reason: 'path',
    detail: 'it does not fit',
  };

  function losersOf(
    candidates: readonly Partial<ExplainedCandidate>[],
    terminal = EIGHTY,
    all = false,
  ): string {
    const explanation = {
      ...plain,
      request: { ...plain.request, url: 'http://h/cart/7' },
      candidates: candidates.map((each) => ({ ...candidate, ...each })),
    };
    return part(formatExplanation(explanation, terminal, { all }), 'Rules');
  }

  it('begin with those that fit, then those that ask for more, then those with a path most alike', () => {
    const text = losersOf(
      [
        { path: '/other', reason: 'path' },
        { path: '/cart/8', reason: 'path' },
        { path: '/header', reason: 'header' },
        { path: '/older', reason: 'olderObject' },
        { path: '/every', reason: 'host', host: undefined },
      ],
      PLAIN,
    );
    expect(text.match(/\/\w+(?:\/8)?(?= )/g)).toEqual([
      '/older',
      '/header',
      '/cart/8',
      '/other',
      '/every',
    ]);
    expect(text).toContain('PathPrefix /every on every host');
  });

  it('are on one line each where there is room, with their object if it is another', () => {
    const won = {
      outcome: 'won',
      reason: undefined,
      detail: '/cart/7 is /cart or below it',
    } as const;
    const losers = [{}, { name: 'other', rule: 'spec.rules[1].http.paths[0]' }];
    expect(losersOf([won, ...losers], { width: 100, colours: false })).toBe(`\
Rules that lost
  PathPrefix /  it does not fit  spec.rules[0].http.paths[0]
  PathPrefix /  it does not fit  Ingress shop/other, spec.rules[1].http.paths[0]`);
  });

  it('are on three lines where their paths are long', () => {
    const path = `/${'long/'.repeat(12)}`;
    expect(losersOf([{ path }])).toBe(`\
Rules that do not fit
  PathPrefix ${path}
    it does not fit
    Ingress shop/shop, spec.rules[0].http.paths[0]`);
  });

  it('leave out the rules of other hosts, and what is too many, unless all are asked for', () => {
    const many = [
      ...Array.from({ length: 7 }, () => ({})),
      { host: 'other', reason: 'host' } as const,
    ];
    expect(losersOf(many)).toMatch(/\n {2}and 2 more for this host, 1 for other hosts$/);
    const all = losersOf(many, EIGHTY, true);
    expect(all).not.toContain('and ');
    expect(all.match(/PathPrefix/g)).toHaveLength(8);
    expect(all).toContain('PathPrefix / on other');
  });

  it('do not include default backends where a rule won, unless all are asked for', () => {
    const defaultBackend = {
      path: undefined,
      pathType: undefined,
      host: undefined,
      rule: 'spec.defaultBackend',
      reason: 'precedence',
    } as const;
    const won = { outcome: 'won', reason: undefined } as const;
    expect(losersOf([won, defaultBackend])).toBe('none');
    expect(losersOf([won, defaultBackend], EIGHTY, true)).toContain('default backend');
    expect(losersOf([{ ...defaultBackend, ...won }, defaultBackend])).toContain('default backend');
  });
});

describe('the endpoints', () => {
  const pod: ExplainedEndpoint = { address: '10.0.0.1', port: 80, pod: 'cart-0', node: 'node-a' };

  function endpointsOf(explanation: Partial<Explanation>, width = 80, all = false): string {
    const text = formatExplanation(
      { ...plain, ...explanation },
      { width, colours: false },
      { all },
    );
    return part(text, 'Endpoints');
  }

  it('have no column in which nothing stands', () => {
    expect(endpointsOf({ endpoints: [{ address: 'fd00::7', port: 80 }] })).toBe(`\
Endpoints
     ADDRESS
  ✓  [fd00::7]:80`);
  });

  it.each([
    ['NotReady', 'not ready'],
    ['Terminating', 'terminating'],
    ['OtherNode', 'on another node'],
    ['OtherZone', 'meant for another zone'],
    ['OtherFamily', 'of the other IP family'],
    ['OfItsOwn', 'OfItsOwn'],
  ])('that are excluded for %s are %s', (reason, words) => {
    expect(endpointsOf({ excluded: [{ ...pod, reason }] })).toBe(`\
Endpoints: 0 of 1 may answer
     ADDRESS      POD     NODE
  ✗  10.0.0.1:80  cart-0  node-a  ${words}`);
  });

  it('that are stand-ins are marked, and it is said what that means', () => {
    const standIns: ReadonlySet<ObjectKey> = new Set(['shop/cart-1', 'shop/cart-2']);
    const explanation = explain(snapshot, { url: 'http://shop.example/cart' }, { standIns });
    expect(endpointsOf(explanation)).toBe(`\
Endpoints: 2 of 3 may answer
     ADDRESS        POD     NODE    ZONE
  ✓  10.0.0.1:8080  cart-0  node-a  zone-a
  ✓  10.0.1.1:8080  cart-1  node-b  zone-b  stand-in
  ✗  10.0.1.2:8080  cart-2  node-b  zone-b  not ready, stand-in
  Stand-ins: the manifests only announce these Pods. A cluster gives them
  addresses, nodes and, where a workload makes them, names of its own.`);
  });

  it('are on two lines each where their names are long', () => {
    const node = 'worker-pool-1-of-the-cluster-in-the-north.internal.example';
    const excluded = [{ ...pod, node, reason: 'NotReady' }];
    expect(endpointsOf({ endpoints: [{ ...pod, node }], excluded })).toBe(`\
Endpoints: 1 of 2 may answer
  ✓ 10.0.0.1:80
    cart-0, ${node}
  ✗ 10.0.0.1:80  not ready
    cart-0, ${node}`);
  });

  it('are on one line where there is nothing for the second', () => {
    const address = `${'long.'.repeat(16)}example`;
    expect(endpointsOf({ endpoints: [{ address, port: 80 }] })).toBe(`\
Endpoints
  ✓ ${address}:80`);
  });

  it('leave out what is too many, unless all are asked for', () => {
    const endpoints = Array.from({ length: 12 }, () => pod);
    expect(endpointsOf({ endpoints })).toMatch(/\n {2}and 2 more$/);
    expect(endpointsOf({ endpoints }, 80, true).match(/✓/g)).toHaveLength(12);
  });
});

describe('the headers', () => {
  it('that the endpoint sees are only named where they are as the client sent them', () => {
    const explanation = explain(
      snapshot,
      { url: 'http://shop.example/cart', headers: { Host: 'shop.example', B: '1', A: '2' } },
      { target: 'deno' },
    );
    const headers = part(formatExplanation(explanation, EIGHTY), 'Headers');
    expect(headers).toMatch(/\n {4}as sent {12}a, b, host$/);
  });
});
