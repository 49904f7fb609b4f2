import type { DescribedRequest } from '@portolan/explain';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { lineOf, SHOP } from '../../../test/engine/shop.ts';
import { CARDS, type Card, type Chart, type Link } from '../../protocol/chart.ts';
import { NO_CHANGES, type PodChanges } from '../../scenario/scenario.ts';
import { Session } from './session.ts';

const CART: DescribedRequest = { url: 'http://shop.example/cart/7' };

describe('the way of a request', () => {
  const view = opened(CART).view();
  const [doors, rules, services, endpoints] = columnsOf(view.chart);

  it('is lit from its Ingress to every Pod that may answer', () => {
    expect(litOf(view.chart)).toEqual([
      'ingress:Ingress/shop/web',
      'rule:Ingress/shop/web:shop.example PathPrefix /cart',
      'service:shop/cart',
      'pod:shop/cart-0',
      'pod:shop/cart-1',
    ]);
  });

  it('is first in each column', () => {
    for (const { cards } of view.chart.columns) {
      const lit = cards.map((card) => card.lit);
      expect(lit).toEqual(lit.toSorted((a, b) => Number(b) - Number(a)));
    }
  });

  it('has lit links, with the ports that it passes', () => {
    expect(view.chart.links.filter(({ lit }) => lit).map(linkText)).toEqual([
      'ingress:Ingress/shop/web > rule:Ingress/shop/web:shop.example PathPrefix /cart ""',
      'rule:Ingress/shop/web:shop.example PathPrefix /cart > service:shop/cart "80"',
      'service:shop/cart > pod:shop/cart-0 "80 → 7070"',
      'service:shop/cart > pod:shop/cart-1 "80 → 7070"',
    ]);
  });

  it('is beside the rules that lost, the nearest first, each with why', () => {
    expect(rules.map(({ title, lost }) => [title, lost])).toEqual([
      ['shop.example/cart', undefined],
      ['shop.example/', 'PathPrefix /cart is longer than PathPrefix /'],
      ['shop.example/old', '/cart/7 is not exactly /old'],
      ['*.shop.example/', 'shop.example is not shop.example with one more label in front'],
      ['every other request', 'a rule takes the request'],
    ]);
  });

  it('shows where everything stands in the manifests', () => {
    expect(doors[0]?.line).toBe(lineOf('apiVersion: networking.k8s.io/v1'));
    expect(rules[0]?.line).toBe(lineOf('          - path: /cart'));
    expect(services[0]?.line).toBe(lineOf('metadata: { name: cart') - 2);
    expect(cardOf(view.chart, 'pod:shop/cart-0').line).toBe(
      lineOf('metadata: { name: cart, namespace: shop }\nspec:\n  serviceName') - 2,
    );
    expect(cardOf(view.chart, 'pod:shop/lonely').line).toBe(lineOf('metadata: { name: lonely') - 2);
  });

  it('is answered in words', () => {
    expect(view.answer?.sentence).toBe(
      'GET http://shop.example/cart/7 goes to Service shop/cart:80, one of 2 Pods',
    );
    expect(view.answer?.text).toContain('→ Service shop/cart:80, 2 endpoints');
  });

  it('shows what rules lead to and is not there', () => {
    const gone = services.find(({ id }) => id === 'service:shop/gone');
    expect(gone).toMatchObject({ status: 'missing', reason: 'Service shop/gone does not exist' });
    const old = rules.find(({ title }) => title === 'shop.example/old');
    expect(linkBetween(view.chart, old?.id, gone?.id)?.status).toBe('missing');
  });

  it('shows all endpoints, of whatever kind', () => {
    const kinds = endpoints.map(({ kind, title }) => `${kind} ${title}`);
    expect(kinds.filter((each) => !each.startsWith('Pod storefront-'))).toEqual([
      'Pod cart-0',
      'Pod cart-1',
      'Address 198.51.100.7',
      'ExternalName mail.partner.example',
      'Pod lonely',
    ]);
    expect(cardOf(view.chart, 'pod:shop/lonely').lines).toContain('no Service selects it');
  });

  it('leads from an address of a Service to it, past the rules', () => {
    const { chart } = opened({ url: 'http://192.0.2.1:30080/', node: 'node-a' }).view();
    expect(litOf(chart).slice(0, 2)).toEqual([
      'frontend:external TCP *:30080',
      'service:shop/storefront',
    ]);
    const link = linkBetween(chart, 'frontend:external TCP *:30080', 'service:shop/storefront');
    expect(link).toMatchObject({ lit: true, label: 'http 80' });
  });

  it('may begin inside, where other doors are', () => {
    const { chart } = opened({
      url: 'http://cart.shop.svc.cluster.local/',
      entrance: 'internal',
    }).view();
    expect(litOf(chart)[0]).toBe('frontend:internal TCP cart.shop.svc.cluster.local:80');
  });

  it('ends where nobody answers', () => {
    const { chart, answer } = opened({ url: 'http://shop.example/old' }).view();
    expect(answer?.explanation.reason).toBe('BackendNotFound');
    expect(litOf(chart)).toEqual([
      'ingress:Ingress/shop/web',
      'rule:Ingress/shop/web:shop.example Exact /old',
      'service:shop/gone',
    ]);
  });
});

describe('a request that is none', () => {
  it('is refused with the field that is wrong, and the chart stays', () => {
    const view = opened({ url: 'shop.example' }).view();
    expect(view.answer).toBeUndefined();
    expect(view.fault?.field).toBe('url');
    expect(view.chart.columns.map(({ total }) => total)).toEqual([2, 5, 5, 8]);
    expect(litOf(view.chart)).toEqual([]);
  });
});

describe('a Pod', () => {
  it('that fails may not answer', () => {
    const { chart, answer } = opened(CART, podsOf({ 'shop/cart-0': { state: 'failing' } })).view();
    expect(cardOf(chart, 'pod:shop/cart-0')).toMatchObject({
      status: 'notReady',
      lit: false,
      lost: 'not ready',
      pod: { state: 'failing' },
    });
    expect(cardOf(chart, 'service:shop/cart')).toMatchObject({
      status: 'partlyReady',
      reason: '1 of 2 ready',
    });
    expect(answer?.sentence).toMatch(/goes to Service shop\/cart:80, to Pod cart-1$/u);
  });

  it('that drains answers only where no other can', () => {
    const drains = { state: 'draining' } as const;
    const one = opened(CART, podsOf({ 'shop/cart-0': drains })).view().chart;
    expect(cardOf(one, 'pod:shop/cart-0')).toMatchObject({
      status: 'partlyReady',
      lit: false,
      lost: 'terminating',
    });
    const both = opened(CART, podsOf({ 'shop/cart-0': drains, 'shop/cart-1': drains })).view()
      .chart;
    expect(litOf(both)).toContain('pod:shop/cart-0');
  });

  it('that refuses connections still counts as ready, for nobody has noticed', () => {
    const session = opened(CART, podsOf({ 'shop/cart-0': { state: 'refusing' } }));
    expect(session.source.snapshot().version).toBe(opened(CART).source.snapshot().version);
    const card = cardOf(session.view().chart, 'pod:shop/cart-0');
    expect(card).toMatchObject({ status: 'ready', lit: true, pod: { state: 'refusing' } });
    expect(session.stateOf('shop/cart-0')).toBe('refusing');
  });

  it('with other labels is another Service’s', () => {
    const labels = { app: 'cart' };
    const { chart, answer } = opened(CART, podsOf({ 'shop/lonely': { labels } })).view();
    expect(answer?.explanation.endpoints).toHaveLength(3);
    expect(cardOf(chart, 'pod:shop/lonely')).toMatchObject({ lit: true, pod: { labels } });
    const without = opened(CART, podsOf({ 'shop/cart-1': { labels: {} } })).view().chart;
    expect(cardOf(without, 'pod:shop/cart-1').lines).toContain('no Service selects it');
  });

  it('is as the manifests have it again when all is taken back', () => {
    const session = opened(
      CART,
      podsOf({ 'shop/cart-0': { state: 'failing', labels: { a: 'b' } } }),
    );
    session.take({ id: 3, kind: 'change', pods: NO_CHANGES });
    expect(session.view()).toEqual(opened(CART).view());
    expect(session.source.snapshot()).toEqual(opened(CART).source.snapshot());
  });

  it('that there isn’t changes nothing', () => {
    const session = opened(
      CART,
      podsOf({ 'shop/nobody': { state: 'failing' } }, { 'Job shop/x': 3 }),
    );
    expect(session.view()).toEqual(opened(CART).view());
  });
});

describe('a workload', () => {
  it.each([0, 1, 2, 5])('scaled to %i Pods has as many as if the manifests said so', (replicas) => {
    const scaled = opened(
      CART,
      podsOf({}, { 'StatefulSet shop/cart': replicas, 'Deployment shop/storefront': replicas }),
    );
    const written = new Session();
    const manifests = SHOP.replaceAll(/replicas: \d/gu, `replicas: ${replicas}`);
    written.take({ id: 1, kind: 'open', manifests });
    expect(scaled.source.snapshot()).toEqual(written.source.snapshot());
  });

  it('keeps the Pods that stay', () => {
    const before = titlesOf(opened(CART), 'storefront-');
    const session = opened(CART, podsOf({}, { 'Deployment shop/storefront': 2 }));
    const fewer = titlesOf(session, 'storefront-');
    session.take({ id: 3, kind: 'change', pods: podsOf({}, { 'Deployment shop/storefront': 4 }) });
    const more = titlesOf(session, 'storefront-');
    expect(fewer).toHaveLength(2);
    expect(more).toHaveLength(4);
    expect(before).toEqual(expect.arrayContaining([...fewer]));
    expect(more).toEqual(expect.arrayContaining([...before]));
  });

  it('has the number of its Pods on each of them', () => {
    const { chart } = opened(CART, podsOf({}, { 'StatefulSet shop/cart': 3 })).view();
    expect(cardOf(chart, 'pod:shop/cart-2').pod).toMatchObject({
      workload: 'StatefulSet shop/cart',
      replicas: 3,
    });
    expect(cardOf(chart, 'pod:shop/lonely').pod?.workload).toBeUndefined();
  });

  it('without a Pod stands for itself, beside its Service', () => {
    const { chart, answer } = opened(CART, podsOf({}, { 'StatefulSet shop/cart': 0 })).view();
    expect(answer?.explanation.reason).toBe('NoReadyEndpoints');
    expect(cardOf(chart, 'workload:StatefulSet shop/cart')).toMatchObject({
      kind: 'Workload',
      status: 'notReady',
      workload: { key: 'StatefulSet shop/cart', replicas: 0 },
    });
    expect(linkBetween(chart, 'service:shop/cart', 'workload:StatefulSet shop/cart')).toBeDefined();
  });

  it('has no more Pods than there may be', () => {
    const session = opened(CART, podsOf({}, { 'StatefulSet shop/cart': 1e9 }));
    expect(session.view().answer?.explanation.endpoints).toHaveLength(50);
  });
});

describe('manifests that are opened', () => {
  it('are reported with what was found, and places and URLs to ask', () => {
    const report = new Session().take({ id: 1, kind: 'open', manifests: SHOP });
    expect(report?.counts).toEqual({ objects: 11, rules: 5, services: 4, endpoints: 8 });
    expect(report?.nodes).toEqual(['node-a', 'node-b']);
    expect(report?.zones).toEqual(['zone-a', 'zone-b']);
    expect(report?.urls).toEqual([
      'http://shop.example/',
      'http://shop.example/cart',
      'http://shop.example/old',
      'http://www.shop.example/',
      'http://any.example/',
      'http://192.0.2.1:30080/',
      'http://cart.shop.svc.cluster.local/',
      'http://legacy.shop.svc.cluster.local/',
      'http://storefront.shop.svc.cluster.local/',
    ]);
    expect(report?.findings).toContainEqual(
      expect.objectContaining({ code: 'BackendNotFound', line: lineOf('{ name: gone,') }),
    );
  });

  it('keep the request and what became of Pods', () => {
    const session = opened(CART, podsOf({ 'shop/cart-0': { state: 'failing' } }));
    const before = session.view();
    session.take({ id: 3, kind: 'open', manifests: `${SHOP}\n# the end\n` });
    expect(session.view()).toEqual(before);
  });

  it('have nothing found in an object that is kept as it was in an earlier text but its fault', () => {
    const session = opened(CART);
    const faulty = `# one line more\n${SHOP.replace('pathType: Exact', 'pathType: Exactly')}`;
    const report = session.take({ id: 3, kind: 'open', manifests: faulty });
    const ofIngress = report?.findings.filter(({ object }) => object?.kind === 'Ingress');
    expect(ofIngress).toEqual([
      expect.objectContaining({ severity: 'error', line: lineOf('pathType: Exact') + 1 }),
    ]);
  });

  it('keep an object as it was while what is typed is at fault', () => {
    const session = opened(CART);
    const faulty = SHOP.replace(
      '{ name: cart, port: { number: 80 } }',
      '{ name: cart, port: { num',
    );
    const report = session.take({ id: 3, kind: 'open', manifests: faulty });
    expect(report?.findings.some(({ severity }) => severity === 'error')).toBe(true);
    const { chart, answer } = session.view();
    expect(answer?.explanation.service?.name).toBe('cart');
    expect(cardOf(chart, 'ingress:Ingress/shop/web').line).toBeUndefined();
  });

  it('leave nothing of others that they stand in place of', () => {
    const session = opened(CART);
    session.take({ id: 3, kind: 'open', manifests: 'kind: [' });
    expect(session.view().chart.columns.map(({ total }) => total)).toEqual([0, 0, 0, 0]);
  });
});

describe('a filter', () => {
  it('leaves the cards that have all of its words, whatever their case', () => {
    const session = opened(CART);
    session.take({ id: 3, kind: 'filter', text: 'CART statefulset' });
    const [doors, rules, services, endpoints] = columnsOf(session.view().chart);
    expect([doors, rules, services].flat()).toEqual([]);
    expect(endpoints.map(({ title }) => title)).toEqual(['cart-0', 'cart-1']);
    session.take({ id: 4, kind: 'filter', text: 'app=lonely' });
    expect(columnsOf(session.view().chart)[3].map(({ title }) => title)).toEqual(['lonely']);
  });

  it('draws only links between cards that are drawn', () => {
    fc.assert(
      fc.property(fc.constantFrom('shop', 'cart', 'pod', 'example', 'gone'), (text) => {
        const session = opened(CART);
        session.take({ id: 3, kind: 'filter', text });
        const { columns, links } = session.view().chart;
        const ids = new Set(columns.flatMap(({ cards }) => cards.map(({ id }) => id)));
        expect(links.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
      }),
    );
  });
});

describe('a Snapshot', () => {
  it('is drawn as its manifests are, but for what only they say', () => {
    fc.assert(
      fc.property(requests, changes, (request, pods) => {
        const session = opened(request, pods);
        const shown = new Session();
        shown.take({ id: 1, kind: 'show', snapshot: session.source.snapshot() });
        shown.take({ id: 2, kind: 'ask', request });
        const chart = shown.view().chart;
        expect(litOf(chart).toSorted()).toEqual(litOf(session.view().chart).toSorted());
        for (const card of chart.columns.flatMap(({ cards }) => cards)) {
          expect(card.pod ?? card.line).toBeUndefined();
          const { id, kind, title, status, reason, lost } = card;
          const twin = cardOf(session.view().chart, id);
          expect(twin).toMatchObject({ id, kind, title, status });
          expect([twin.reason, twin.lost]).toEqual([reason, lost]);
          expect(twin.lines).toEqual(expect.arrayContaining([...card.lines]));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has Pods that can not be changed', () => {
    const session = new Session();
    const { source } = opened(CART);
    session.take({ id: 1, kind: 'show', snapshot: source.snapshot() });
    const pods = podsOf({ 'shop/cart-0': { state: 'failing' } });
    session.take({ id: 2, kind: 'change', pods });
    expect(session.source.snapshot()).toBe(source.snapshot());
    expect(session.stateOf('shop/cart-0')).toBeUndefined();
  });
});

describe('whatever is asked', () => {
  it('lights the endpoints that may answer, and says of all others why they may not', () => {
    fc.assert(
      fc.property(requests, changes, (request, pods) => {
        const session = opened(request, pods);
        const { chart, answer } = session.view();
        const { service, endpoints = [], excluded = [] } = answer?.explanation ?? {};
        const idOf = ({ pod, address }: { pod?: string; address: string }): string =>
          pod === undefined ? `address:${address}` : `pod:${service?.namespace}/${pod}`;
        const cards = columnsOf(chart)[3];
        const lit = cards.filter((card) => card.lit).map(({ id }) => id);
        expect(lit.toSorted()).toEqual([...new Set(endpoints.map(idOf))].toSorted());
        const lost = cards.filter((card) => card.lost !== undefined).map(({ id }) => id);
        expect(lost.toSorted()).toEqual([...new Set(excluded.map(idOf))].toSorted());
      }),
      { numRuns: 100 },
    );
  });

  it('has the same chart however the Pods came to be as they are', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const session = opened(CART, first);
        session.take({ id: 3, kind: 'change', pods: second });
        const afresh = opened(CART, second);
        expect(session.source.snapshot()).toEqual(afresh.source.snapshot());
        expect(session.view()).toEqual(afresh.view());
      }),
      { numRuns: 50 },
    );
  });
});

const requests: fc.Arbitrary<DescribedRequest> = fc.record(
  {
    url: fc
      .tuple(
        fc.constantFrom(
          'shop.example',
          'a.shop.example',
          'else.example',
          '192.0.2.1:30080',
          'cart.shop',
        ),
        fc.constantFrom('/', '/cart', '/cart/7', '/old', '/older'),
      )
      .map(([host, path]) => `http://${host}${path}`),
    entrance: fc.constantFrom('external', 'internal'),
    node: fc.constantFrom('node-a', 'node-b'),
  },
  { requiredKeys: ['url'] },
);

const changes: fc.Arbitrary<PodChanges> = fc.record({
  pods: fc.dictionary(
    fc.constantFrom('shop/cart-0', 'shop/cart-1', 'shop/cart-2', 'shop/lonely', 'shop/nobody'),
    fc.record(
      {
        state: fc.constantFrom('failing', 'refusing', 'draining'),
        labels: fc.record({ app: fc.constantFrom('cart', 'storefront', 'nobody') }),
      },
      { requiredKeys: [] },
    ),
  ),
  replicas: fc.dictionary(
    fc.constantFrom('StatefulSet shop/cart', 'Deployment shop/storefront', 'Job shop/none'),
    fc.integer({ min: 0, max: 4 }),
  ),
});

function opened(request: DescribedRequest, pods: PodChanges = NO_CHANGES): Session {
  const session = new Session();
  session.take({ id: 1, kind: 'open', manifests: SHOP });
  session.take({ id: 2, kind: 'ask', request });
  session.take({ id: 3, kind: 'change', pods });
  return session;
}

function podsOf(pods: PodChanges['pods'], replicas: PodChanges['replicas'] = {}): PodChanges {
  return { pods, replicas };
}

type Cards = readonly Card[];

function columnsOf({ columns }: Chart): readonly [Cards, Cards, Cards, Cards] {
  const [doors, rules, services, endpoints] = columns;
  for (const { cards } of columns) expect(cards.length).toBeLessThanOrEqual(CARDS);
  return [doors.cards, rules.cards, services.cards, endpoints.cards];
}

function litOf(chart: Chart): readonly string[] {
  return columnsOf(chart)
    .flat()
    .flatMap(({ id, lit }) => (lit ? id : []));
}

function cardOf(chart: Chart, id: string): Card {
  const card = columnsOf(chart)
    .flat()
    .find((each) => each.id === id);
  if (card === undefined) throw new Error(`there is no card ${id}`);
  return card;
}

function linkBetween(chart: Chart, from = '', to = ''): Link | undefined {
  return chart.links.find((link) => link.from === from && link.to === to);
}

function linkText({ from, to, label }: Link): string {
  return `${from} > ${to} "${label}"`;
}

function titlesOf(session: Session, beginning: string): readonly string[] {
  return columnsOf(session.view().chart)[3].flatMap(({ title }) =>
    title.startsWith(beginning) ? title : [],
  );
}
