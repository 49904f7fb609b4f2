import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { graphs } from '../../test/arbitrary.ts';
import { deployment, draw, ingress, pod, service } from '../../test/manifests.ts';
import { elementsOf, parseXML, textOf, type XMLElement } from '../../test/xml.ts';
import { nodeText } from '../describe/describe.ts';
import type { Graph } from '../graph/graph.ts';
import { formatSVG } from './svg.ts';

const SHOP = [
  ingress('web', 'shop.example', [
    ['/', 'storefront'],
    ['/cart', 'cart'],
    ['/old', 'nosuch'],
  ]),
  service('storefront'),
  service('cart'),
  deployment('storefront', 3),
  pod('cart-1', 'cart', '10.0.0.1', false, 'kind: StatefulSet, name: cart'),
  pod('cart-2', 'cart', '10.0.0.2', true, 'kind: StatefulSet, name: cart'),
];

const shop = draw(SHOP);

function elements(graph: Graph, title?: string): readonly XMLElement[] {
  return elementsOf(parseXML(formatSVG(graph, { ...(title !== undefined && { title }) })));
}

function named(all: readonly XMLElement[], name: string): readonly XMLElement[] {
  return all.filter((element) => element.name === name);
}

function ofClass(all: readonly XMLElement[], name: string): readonly XMLElement[] {
  return all.filter(({ attributes }) => attributes.get('class')?.split(' ').includes(name));
}

describe('an SVG drawing', () => {
  it('is an image with a title and a description for those who don’t see it', () => {
    const [root] = elements(shop, 'The shop');
    const [title, description] = root?.children.filter((child) => typeof child !== 'string') ?? [];
    expect(root?.attributes.get('role')).toBe('img');
    expect(title && [title.name, textOf(title)]).toEqual(['title', 'The shop']);
    expect(description?.name).toBe('desc');
    expect(description && textOf(description)).toBe(
      '3 rules, 0 outside addresses, 3 Services, 2 groups of Pods. ' +
        '2 Pods of StatefulSet shop/cart; partly ready: 1 of 2 ready. ' +
        'shop.example /cart, by Ingress shop/web spec.rules[0].http.paths[1]; partly ready: 1 of 2 ready. ' +
        'shop.example /old, by Ingress shop/web spec.rules[0].http.paths[2]; not ready: Service shop/nosuch does not exist. ' +
        'Service shop/cart, ClusterIP; partly ready: 1 of 2 ready. ' +
        'Service shop/nosuch; missing: Service shop/nosuch does not exist.',
    );
  });

  it('counts in its description one as one and none as several', () => {
    const described = (documents: readonly string[]): string =>
      named(elements(draw(documents)), 'desc')
        .map(textOf)
        .join(' ');
    const nodePort = 'type: NodePort, selector: { app: cart }, ports: [{ port: 80 }]';
    const cart = [service('cart', nodePort), deployment('cart', 2)];
    expect(described([...cart, ingress('web', 'shop.example', [['/', 'cart']])])).toBe(
      '1 rule, 1 outside address, 1 Service, 1 group of Pods. All of them are ready.',
    );
    const front = [service('front', nodePort.replace('cart', 'front')), deployment('front')];
    const paths = [
      ['/', 'front'],
      ['/cart', 'cart'],
    ] as const;
    expect(described([...cart, ...front, ingress('web', 'shop.example', paths)])).toBe(
      '2 rules, 2 outside addresses, 2 Services, 2 groups of Pods. All of them are ready.',
    );
    expect(described([])).toBe('0 rules, 0 outside addresses, 0 Services, 0 groups of Pods.');
  });

  it('says of every node in a title what it is', () => {
    const titles = named(elements(shop), 'title').map(textOf);
    expect(titles).toEqual(expect.arrayContaining(shop.nodes.map(nodeText)));
  });

  it('has a line for each edge, and says from where to where', () => {
    const all = elements(shop);
    expect(ofClass(all, 'edge')).toHaveLength(shop.edges.length);
    expect(named(all, 'title').map(textOf)).toContain(
      'shop.example /old to nosuch (80); missing: Service shop/nosuch does not exist',
    );
  });

  it('tells by shape what isn’t ready, and has a legend for the shapes', () => {
    const all = elements(shop);
    const shapes = new Map(
      ofClass(all, 'mark').map(({ attributes }) => [attributes.get('class'), attributes.get('d')]),
    );
    expect(new Set(shapes.values()).size).toBe(shapes.size);
    const texts = named(all, 'text').map(textOf);
    expect(texts).toEqual(expect.arrayContaining(['partly ready', 'not ready', 'missing']));
    expect(texts).not.toContain('never asked');
  });

  it('shows the Pods one by one, up to a dozen', () => {
    const squares = (graph: Graph): readonly number[] => {
      const pods = ofClass(elements(graph), 'pod');
      return [pods.length, ofClass(pods, 'off').length];
    };
    expect(squares(draw([service('cart'), ...SHOP.slice(4)]))).toEqual([2, 1]);
    const many = draw([service('cart'), deployment('cart', 30)]);
    expect(squares(many)).toEqual([12, 0]);
    expect(named(elements(many), 'text').map(textOf)).toContain('of 30');
  });

  it('cuts what is too long, and has the whole of it in a title', () => {
    const host = `${'long-'.repeat(30)}name.example`.slice(-60);
    const all = elements(draw([ingress('web', `a.${host}`, [['/', 'cart']]), service('cart')]));
    expect(named(all, 'text').map(textOf)).toContainEqual(expect.stringMatching(/^a\..*…$/u));
    expect(named(all, 'title').map(textOf)).toContain(`a.${host}`);
  });

  it('lights the way of a request', () => {
    const lit = draw(SHOP.slice(0, 5));
    const marked = {
      nodes: lit.nodes,
      edges: lit.edges.map((edge, index) => (index === 0 ? { ...edge, lit: true as const } : edge)),
    };
    expect(ofClass(elements(marked), 'lit').length).toBeGreaterThan(0);
    expect(ofClass(elements(lit), 'lit')).toEqual([]);
  });

  it('of nothing says so', () => {
    const texts = named(elements({ nodes: [], edges: [] }), 'text').map(textOf);
    expect(texts).toEqual(['Nothing to draw: no Ingress and no Service.']);
  });

  it('is the same for the same graph', () => {
    expect(formatSVG(draw(SHOP.toReversed()))).toBe(formatSVG(shop));
  });

  it('is dark where the reader has it so', () => {
    const [style] = named(elements(shop), 'style');
    expect(style && textOf(style)).toContain('@media (prefers-color-scheme:dark){');
  });

  it('styles nothing outside itself', () => {
    const [style] = named(elements(shop), 'style');
    const rules = (style ? textOf(style) : '').split('\n').filter((line) => line.includes('{'));
    for (const rule of rules.filter((line) => !line.startsWith('@'))) {
      for (const selector of rule.slice(0, rule.indexOf('{')).split(',')) {
        expect(selector).toMatch(/^\.portolan-graph /u);
      }
    }
  });
});

describe('whatever things are called, an SVG drawing', () => {
  const ELEMENTS = [
    'svg',
    'title',
    'desc',
    'style',
    'g',
    'rect',
    'path',
    'circle',
    'text',
    'tspan',
  ];
  const ATTRIBUTES =
    'xmlns class role width height viewBox x y rx cx cy r d transform fill-opacity'.split(' ');

  it('is well-formed, and has no script, no reference and no handler in it', () => {
    fc.assert(
      fc.property(graphs, fc.string({ unit: 'binary' }), (graph, title) => {
        for (const { name, attributes } of elements(graph, title)) {
          expect(ELEMENTS).toContain(name);
          for (const key of attributes.keys()) expect(ATTRIBUTES).toContain(key);
        }
        const text = formatSVG(graph, { title });
        expect(text.match(/<style>[^<]*<\/style>/gu)).toHaveLength(1);
        expect(/<style>[^]*(?:url\(|@import)[^]*<\/style>/u.test(text)).toBe(false);
      }),
    );
  });

  it('has classes of its own alone', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (const { attributes } of elements(graph)) {
          expect(attributes.get('class') ?? '').toMatch(/^[A-Za-z -]*$/u);
        }
      }),
    );
  });
});
