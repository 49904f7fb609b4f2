import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { graphs } from '../../test/arbitrary.ts';
import { deployment, draw, ingress, service } from '../../test/manifests.ts';
import { nodeLines, statusNote } from '../describe/describe.ts';
import type { Graph } from '../graph/graph.ts';
import { escapeText, mermaidId } from './escape.ts';
import { formatMermaid } from './mermaid.ts';

/** An id, and a label that holds nothing but plain characters, entities and breaks. */
const ID = '_[a-z0-9_]*_[0-9a-f]{8}';
const LABEL = '"((?:[A-Za-z0-9 ./,→-]|#[0-9]+;|<br/>)*)"';
const NODE = new RegExp(
  `^ +(${ID})(?:\\(\\[${LABEL}\\]\\)|\\[${LABEL}\\]|\\[\\[${LABEL}\\]\\])$`,
  'u',
);
const OTHERS = [
  `^flowchart LR$`,
  `^ +subgraph ${ID}\\[${LABEL}\\]$`,
  `^ +end$`,
  `^  ${ID} (?:-->|==>|-\\.->)(?:\\|${LABEL}\\|)? ${ID}$`,
  `^  classDef [A-Za-z]+ [a-z0-9:#, -]+$`,
  `^  class ${ID}(?:,${ID})* [A-Za-z]+$`,
].map((pattern) => new RegExp(pattern, 'u'));

/** What Mermaid makes of a label: `#34;` is `&#34;` to it. */
function decode(label: string): string {
  return label.replaceAll(/#([0-9]+);/gu, (_, code) => String.fromCodePoint(Number(code)));
}

/** What is left of a text for people to read. */
function shown(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}/gu, '\ufffd');
}

describe('a Mermaid flowchart', () => {
  it('has the rules of an Ingress in a box, in that of their namespace', () => {
    const graph = draw([
      ingress('web', 'shop.example', [['/cart', 'cart']]),
      service('cart'),
      deployment('cart', 2),
    ]);
    const rule = mermaidId('rule:Ingress/shop/web:shop.example PathPrefix /cart');
    const [cart, pods] = ['service:shop/cart', 'pods:Deployment/shop/cart'].map(mermaidId);
    expect(formatMermaid(graph)).toBe(`flowchart LR
  subgraph ${mermaidId('namespace shop')}["Namespace shop"]
    subgraph ${mermaidId('source Ingress web shop')}["Ingress web"]
      ${rule}(["shop.example<br/>/cart"])
    end
    ${pods}[["2 Pods<br/>of Deployment cart"]]
    ${cart}["cart<br/>ClusterIP"]
  end
  ${rule} -->|"80"| ${cart}
  ${cart} -->|"80 → 80"| ${pods}
`);
  });

  it('says in words, by a dotted line and by a class what fails', () => {
    const graph = draw([ingress('web', 'shop.example', [['/', 'nosuch']])]);
    const text = formatMermaid(graph);
    const missing = mermaidId('service:shop/nosuch');
    expect(text).toContain(`${missing}["nosuch<br/>missing"]`);
    expect(text).toContain(`-.->|"80"| ${missing}`);
    expect(text).toContain(`\n  class ${missing} missing\n`);
    expect(text).toMatch(/\n {2}classDef missing stroke:/u);
  });

  it('has the way of a request in thick lines', () => {
    const graph = draw([service('cart'), deployment('cart')]);
    const lit: Graph = {
      nodes: graph.nodes.map((node) => ({ ...node, lit: true })),
      edges: graph.edges.map((edge) => ({ ...edge, lit: true })),
    };
    expect(formatMermaid(lit)).toContain(' ==>|"80 → 80"| ');
    expect(formatMermaid(lit)).toContain('  classDef lit stroke-width:3px\n');
  });

  it('of nothing is one all the same', () => {
    expect(formatMermaid({ nodes: [], edges: [] })).toBe('flowchart LR\n');
  });

  it('has nothing in it but its own syntax, whatever things are called', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const lines = formatMermaid(graph).trimEnd().split('\n');
        const labels = lines.flatMap((line) => {
          const [, id, ...alternatives] = NODE.exec(line) ?? [];
          if (id !== undefined) return [alternatives.find((label) => label !== undefined) ?? ''];
          expect(OTHERS.some((pattern) => pattern.test(line)) ? '' : line).toBe('');
          return [];
        });
        const expected = graph.nodes.map((node) => {
          const status = node.status === 'ready' ? [] : [statusNote(node)];
          return shown([...nodeLines(node), ...status].join('<br/>')) || ' ';
        });
        const read = labels.map((label) => decode(label));
        expect(read.toSorted(byText)).toEqual(expected.toSorted(byText));
      }),
    );
  });

  it('gives each node an id of its own', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 50 }), (ids) => {
        expect(new Set(ids.map((id) => mermaidId(`service:${id}`))).size).toBe(ids.length);
      }),
    );
  });
});

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

describe('escaped text', () => {
  it.each([
    ['say "hi"', 'say #34;hi#34;'],
    ['#quot;', '#35;quot#59;'],
    ['`code`', '#96;code#96;'],
    ['<b>', '#60;b#62;'],
    ['%%{init}%%', '#37;#37;#123;init#125;#37;#37;'],
    ['*.shop.example', '#42;.shop.example'],
    ['a\nb\u0000', 'a#65533;b#65533;'],
    ['direction TB', 'direction#32;TB'],
    ['é\ud800', '#233;#65533;'],
  ])('of %j is %j', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });
});
