import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatDiagnostic } from '../diagnostic/diagnostic.ts';
import { parseManifests } from './parse-manifests.ts';

const MANIFEST = `# a shop
apiVersion: v1
kind: List
items:
- apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata: {name: shop, annotations: {a: &anchor "b"}}
  spec:
    rules:
    - host: '*.example.com'
      http: &http
        paths:
        - {path: /a, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
    - <<: {host: example.org}
      http: *http
---
{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"ports": [{"port": 80}]}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: c
data:
  text: |
    --
    more
  folded: >-
    x
`;

const PIECES = fc.constantFrom(
  ...'--- |...|{|}|[|]|"|\'|&a |*a |*anchor|<<: |!!binary |!x |? |: |- |#|,|0x|1e999|>'.split('|'),
  ...'\t|\r|\0|\n|  |\n---\n|\n...\n|%YAML 1.1\n|\uFEFF|\uD800|__proto__: |{{ x }}'.split('|'),
  'kind: List\n',
  ' |\n',
);

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

const EDITS = fc.array(
  fc.record({
    at: fc.nat(MANIFEST.length),
    removed: fc.nat(20),
    added: fc.oneof(PIECES, fc.string({ maxLength: 5, unit: 'binary' }), fc.constant('')),
  }),
  { minLength: 1, maxLength: 6 },
);

function edited(edits: readonly Edit[]): string {
  return edits.reduce(
    (text, { at, removed, added }) => text.slice(0, at) + added + text.slice(at + removed),
    MANIFEST,
  );
}

/** What of all that is said about a text does not point into it. */
function astray(name: string, text: string): readonly unknown[] {
  const { manifests, diagnostics } = parseManifests([{ name, text }]);
  const lines = text.split('\n');
  expect(diagnostics.map(formatDiagnostic)).toHaveLength(diagnostics.length);
  return [...manifests, ...diagnostics].filter(({ line, column }) => {
    const length = lines[line - 1]?.length ?? -1;
    return column < 1 || column > length + 1;
  });
}

describe('parsing anything at all', () => {
  it('never throws for an edited manifest', () => {
    fc.assert(
      fc.property(EDITS, (edits) => {
        expect(astray('a.yaml', edited(edits))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws for random text, as YAML or as JSON', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(PIECES, { maxLength: 40 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(fc.constantFrom('a.yaml', 'a.json'), text, (name, written) => {
        expect(astray(name, written)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every other document when one is replaced by anything', () => {
    const [list = '', service = '', configMap = ''] = MANIFEST.split('---\n');
    fc.assert(
      fc.property(fc.array(PIECES, { maxLength: 20 }), (pieces) => {
        const broken = pieces.join('').replaceAll(/^(?:---|\.\.\.|%)/gmu, '');
        const { manifests } = parseManifests([
          { name: 'a.yaml', text: [list, broken, service, configMap].join('\n---\n') },
        ]);
        expect(manifests.map(({ resource }) => resource.kind)).toEqual([
          'Ingress',
          'Service',
          'ConfigMap',
        ]);
      }),
      { numRuns: 200 },
    );
  });
});
