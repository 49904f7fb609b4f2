import { compareText } from '@portolan/core';

import { nodeLines, statusNote } from '../describe/describe.ts';
import type { Graph, GraphEdge, GraphNode } from '../graph/graph.ts';
import { escapeText, mermaidId } from './escape.ts';

/** Strokes and dashes alone, so that the colours of either theme stay. */
const CLASSES = {
  lit: 'stroke-width:3px',
  missing: 'stroke:#d1242f,stroke-width:2px,stroke-dasharray:2 4',
  notReady: 'stroke:#d1242f,stroke-width:2px',
  partlyReady: 'stroke:#bf8700,stroke-width:2px',
  refused: 'stroke-dasharray:6 4',
  shadowed: 'stroke-dasharray:2 4',
} as const;

/**
 * A Mermaid flowchart, from left to right. What isn't ready says so in words as well as by its outline. No name can be
 * anything but text: see `escapeText`.
 *
 * Mermaid itself refuses more than 500 edges, or 50,000 characters, unless it is configured otherwise.
 */
export function formatMermaid({ nodes, edges }: Graph): string {
  const lines = [
    'flowchart LR',
    ...namespaces(nodes),
    ...edges.map((edge) => `  ${edgeLine(edge)}`),
    ...classLines(nodes),
  ];
  return `${lines.join('\n')}\n`;
}

function namespaces(nodes: readonly GraphNode[]): readonly string[] {
  const byNamespace = Map.groupBy(nodes, ({ namespace }) => namespace);
  return [...byNamespace]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([namespace, within]) =>
      namespace === ''
        ? within.map((node) => `  ${nodeLine(node)}`)
        : subgraph(`namespace ${namespace}`, `Namespace ${namespace}`, contents(within)),
    );
}

/** Rules in a box for each object, and the rest as it comes. */
function contents(nodes: readonly GraphNode[]): readonly string[] {
  const rules = nodes.filter((node) => node.kind === 'Rule');
  const bySource = Map.groupBy(rules, ({ source }) => `${source.kind} ${source.name}`);
  return [
    ...[...bySource].flatMap(([source, within]) =>
      subgraph(
        `source ${source} ${within[0]?.namespace}`,
        source,
        within.map((node) => `  ${nodeLine(node)}`),
      ),
    ),
    ...nodes.filter(({ kind }) => kind !== 'Rule').map((node) => `  ${nodeLine(node)}`),
  ];
}

function subgraph(id: string, title: string, lines: readonly string[]): readonly string[] {
  const start = `  subgraph ${mermaidId(id)}["${escapeText(title)}"]`;
  return [start, ...lines.map((line) => `  ${line}`), '  end'];
}

/** The brackets that give each kind its shape. */
const SHAPES: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  Rule: ['([', '])'],
  Frontend: ['([', '])'],
  Service: ['[', ']'],
  Pods: ['[[', ']]'],
  Addresses: ['[[', ']]'],
  ExternalName: ['[[', ']]'],
  Resource: ['[', ']'],
};

function nodeLine(node: GraphNode): string {
  const status = node.status === 'ready' ? [] : [statusNote(node)];
  // Mermaid takes no empty label.
  const text = [...nodeLines(node), ...status].map(escapeText).join('<br/>') || '#32;';
  const [open, close] = SHAPES[node.kind];
  return `${mermaidId(node.id)}${open}"${text}"${close}`;
}

function edgeLine({ from, to, label, status, lit }: GraphEdge): string {
  const answers = status === 'ready' || status === 'partlyReady';
  const arrow = answers ? (lit ? '==>' : '-->') : '-.->';
  const text = label === '' ? '' : `|"${escapeText(label)}"|`;
  return `${mermaidId(from)} ${arrow}${text} ${mermaidId(to)}`;
}

function classLines(nodes: readonly GraphNode[]): readonly string[] {
  return Object.entries(CLASSES).flatMap(([name, style]) => {
    const marked = nodes.filter(({ status, lit }) => (name === 'lit' ? lit : status === name));
    if (marked.length === 0) return [];
    const ids = marked.map(({ id }) => mermaidId(id)).join(',');
    return [`  classDef ${name} ${style}`, `  class ${ids} ${name}`];
  });
}
