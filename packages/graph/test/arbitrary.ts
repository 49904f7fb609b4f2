import * as fc from 'fast-check';

import type { Graph, GraphEdge, GraphNode, GraphStatus } from '../src/index.ts';

/** What breaks out of texts where it isn't escaped. */
const NASTY = [
  '"',
  "'",
  '`',
  '"]; click x call alert()',
  '</text><script>alert(1)</script>',
  ']]>',
  '<!--',
  '&amp;',
  '&#0;',
  '#quot;',
  '#35;',
  'ﬂ°°34¶ß',
  '%%{init: {"securityLevel": "loose"}}%%',
  '%% note',
  'direction TB',
  'direction\u00a0LR',
  'end',
  'style a:b#fff;',
  'classDef x:#f00;',
  '\n  subgraph x',
  '\r\n',
  '--> |x| y',
  '$$x$$',
  'fa:fa-user',
  '**bold** _it_ ~~x~~',
  '1. one',
  '\u0000\u0008\u000b\u001b[31m',
  '\u202egpj.exe',
  '\ud800',
  '\ufffe',
  '🙂漢字',
  'javascript:alert(1)',
  'x'.repeat(300),
];

/** Text that no manifest could hold, and that is to do no harm all the same. */
const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.tuple(fc.constantFrom(...NASTY), fc.constantFrom(...NASTY)).map((parts) => parts.join('')),
);
const status = fc.constantFrom<GraphStatus>(
  ...(['ready', 'partlyReady', 'notReady', 'refused', 'missing', 'shadowed'] as const),
);
const drawn = {
  namespace: fc.oneof(fc.constantFrom('', 'shop'), text),
  status,
  reason: text,
};
const object = fc.record({ kind: text, namespace: text, name: text });
const port = fc.record(
  {
    id: text,
    name: text,
    port: fc.nat(65535),
    targetPorts: fc.array(fc.nat(65535), { maxLength: 3 }),
    status,
    reason: text,
  },
  { requiredKeys: ['id', 'name', 'targetPorts', 'status'] },
);

const nodes = fc.oneof(
  fc.record({
    kind: fc.constant('Rule' as const),
    source: object,
    field: text,
    host: text,
    path: text,
    pathType: fc.constantFrom('Exact' as const, 'PathPrefix' as const),
    conditions: fc.array(text, { maxLength: 2 }),
    ...drawn,
  }),
  fc.record({
    kind: fc.constant('Frontend' as const),
    host: text,
    port: fc.nat(65535),
    protocol: fc.constant('TCP' as const),
    service: text,
    ...drawn,
  }),
  fc.record({
    kind: fc.constant('Service' as const),
    name: text,
    type: text,
    ports: fc.array(port, { maxLength: 3 }),
    ...drawn,
  }),
  fc.record({
    kind: fc.constant('Pods' as const),
    owner: object,
    pods: fc.nat(20),
    ready: fc.nat(20),
    standIns: fc.nat(20),
    ...drawn,
  }),
  fc.record({
    kind: fc.constant('Addresses' as const),
    service: text,
    addresses: fc.array(fc.record({ address: text, ready: fc.boolean() }), { maxLength: 8 }),
    ...drawn,
  }),
  fc.record({ kind: fc.constant('ExternalName' as const), host: text, ...drawn }),
  fc.record({ kind: fc.constant('Resource' as const), group: text, resource: object, ...drawn }),
);

/** Drawings of anything, connected with anything. */
export const graphs: fc.Arbitrary<Graph> = fc
  .tuple(
    fc.array(fc.tuple(nodes, text), { maxLength: 8 }),
    fc.array(fc.tuple(fc.nat(7), fc.nat(7), text, status), { maxLength: 8 }),
  )
  .map(([drafts, links]) => {
    const all = drafts.map(([each, id], index): GraphNode => ({ ...each, id: `${index} ${id}` }));
    const edges = links.flatMap(([a, b, label, how], index): readonly GraphEdge[] => {
      const [from, to] = [all[a], all[b]];
      if (from === undefined || to === undefined) return [];
      return [{ id: `${index}`, from: from.id, to: to.id, label, status: how }];
    });
    return { nodes: all, edges };
  });
