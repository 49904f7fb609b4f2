import { describe, expect, it } from 'vitest';

import { formatDiagnostic } from '../diagnostic/diagnostic.ts';
import type { ManifestSource, ParsedManifests } from './manifest.ts';
import { parseManifests } from './parse-manifests.ts';

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';

const parse = (text: string, name = 'a.yaml'): ParsedManifests => parseManifests([{ name, text }]);

const lines = ({ diagnostics }: ParsedManifests): readonly string[] =>
  diagnostics.map(formatDiagnostic);

const objects = ({ manifests }: ParsedManifests): readonly string[] =>
  manifests.map(({ resource: { kind, metadata } }) => {
    const { namespace = '', name } = metadata;
    return `${kind} ${namespace}/${name}`;
  });

describe('parsing manifests', () => {
  it('reads every document of every file, and says where each object begins', () => {
    const { manifests } = parseManifests([
      { name: 'a.yaml', text: `# first\n${SERVICE}---\n---\n${NAMESPACE}` },
      { name: 'b.json', text: '\n {"apiVersion":"v1","kind":"Node","metadata":{"name":"n"}}' },
    ]);
    expect(
      manifests.map(({ resource, file, line, column }) => [resource.kind, { file, line, column }]),
    ).toEqual([
      ['Service', { file: 'a.yaml', line: 2, column: 1 }],
      ['Namespace', { file: 'a.yaml', line: 8, column: 1 }],
      ['Node', { file: 'b.json', line: 2, column: 2 }],
    ]);
  });

  it('reads KYAML', () => {
    const text = `---
{
  apiVersion: "v1",
  kind: "Service",
  metadata: {
    name: "my-service",
  },
  spec: {
    selector: {
      "app.kubernetes.io/name": "MyApp",
    },
    ports: [{
      protocol: "TCP",
      port: 80,
      targetPort: 9376,
    }],
  },
}
`;
    expect(parse(text)).toMatchObject({
      diagnostics: [],
      manifests: [
        {
          resource: {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: { name: 'my-service', namespace: 'default' },
            spec: {
              selector: { 'app.kubernetes.io/name': 'MyApp' },
              ports: [{ protocol: 'TCP', port: 80, targetPort: 9376 }],
            },
          },
        },
      ],
    });
  });

  it('fills in the namespace of what lives in one, and drops that of what does not', () => {
    const cluster = 'apiVersion: v1\nkind: Node\nmetadata: {name: n, namespace: other}\n';
    const named = SERVICE.replace('name: web', 'name: api, namespace: other');
    const read = parseManifests(
      [{ name: 'a.yaml', text: [SERVICE, named, cluster].join('---\n') }],
      {
        defaultNamespace: 'shop',
      },
    );
    expect(objects(read)).toEqual(['Service shop/web', 'Service other/api', 'Node /n']);
  });

  it('gives maps whose keys may be anything', () => {
    const selector = 'spec: {selector: {constructor: a, toString: b}, ports: [{port: 80}]}';
    const [read] = parse(SERVICE.replace('spec: {ports: [{port: 80}]}', selector)).manifests;
    const { spec } = { spec: {}, ...read?.resource };
    expect(spec).toMatchObject({ selector: { constructor: 'a', toString: 'b' } });
    expect(Object.getPrototypeOf(Object.values(spec)[0])).toBeNull();
  });

  it('locates fields, also of list items, aliases and merged maps', () => {
    const { manifests } = parse(`apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: web, labels: &labels {app.kubernetes.io/name: web}}
  spec:
    selector: *labels
    ports:
    - &port {name: a, port: 80}
    - <<: *port
      name: b
      port: 81
`);
    const [service] = manifests;
    expect(service?.locate('metadata.labels[app.kubernetes.io/name]')).toEqual({
      line: 6,
      column: 42,
    });
    expect(service?.locate('spec.selector')).toEqual({ line: 8, column: 5 });
    expect(service?.locate('spec.ports[1].name')).toEqual({ line: 12, column: 7 });
    expect(service?.locate('spec.ports[1].nodePort')).toEqual({ line: 11, column: 7 });
    expect(service?.locate('spec.clusterIP')).toEqual({ line: 7, column: 3 });
    expect(service?.locate('annotations.example.com/a')).toEqual({ line: 6, column: 3 });
  });

  it('flattens lists, whose items may leave it to a typed list to say what they are', () => {
    const item = 'metadata: {name: NAME}, spec: {ports: [{port: 80}]}';
    const text = `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Service, ${item.replace('NAME', 'a')}}
- apiVersion: v1
  kind: ServiceList
  metadata: {resourceVersion: "1"}
  items:
  - {${item.replace('NAME', 'b')}}
`;
    expect(objects(parse(text))).toEqual(['Service default/a', 'Service default/b']);
  });

  it('reads JSON values one after the other, in a file of any name', () => {
    const value = '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"NAME"}}';
    const text = `${value.replace('NAME', 'a')}\n${value.replace('NAME', 'b')}`;
    expect(objects(parse(text, 'a.json'))).toEqual(['Namespace /a', 'Namespace /b']);
    expect(objects(parse(text, 'stdin'))).toEqual(['Namespace /a', 'Namespace /b']);
  });

  it('takes a byte order mark and any line ends', () => {
    expect(objects(parse(`\uFEFF${SERVICE.replaceAll('\n', '\r\n')}`))).toEqual([
      'Service default/web',
    ]);
  });

  it('skips documents that say nothing', () => {
    expect(parse('')).toMatchObject({ manifests: [], diagnostics: [], passedOver: [] });
    expect(parse('---\n# nothing\n---\nnull\n...\n')).toMatchObject({ diagnostics: [] });
  });

  it('hides nothing behind a document that is broken', () => {
    const read = parse(`${SERVICE}---\nspec: "\n---\n${NAMESPACE}---\na: [\n`);
    expect(objects(read)).toEqual(['Service default/web', 'Namespace /shop']);
    expect(lines(read)).toEqual([
      'a.yaml:7:1: error: Missing closing "quote',
      expect.stringMatching(/^a\.yaml:13:1: error: Flow sequence in block collection /u),
    ]);
  });

  it('points at the fault of a JSON file', () => {
    expect(lines(parse('{\n  "kind": "Service",\n}', 'a.json'))).toEqual([
      'a.json:3:1: error: JSON: expected a key in double quotes, found "}"',
    ]);
  });

  it.each([
    ['- a', 'a.yaml:1:1: error: must be a map with apiVersion and kind, found a list'],
    ['hello', 'a.yaml:1:1: error: must be a map with apiVersion and kind, found "hello"'],
    ['a: b', "a.yaml:1:1: error: Object 'Kind' is missing"],
    ['kind: Service', "a.yaml:1:1: error: Object 'apiVersion' is missing"],
    ['kind: 1', 'a.yaml:1:7: error: kind: Invalid value: 1: must be a string'],
    [
      'kind: Ingress\napiVersion: extensions/v1beta1\nmetadata: {name: a}',
      'a.yaml:2:13: error: Ingress default/a: no matches for kind "Ingress" in version "extensions/v1beta1": Kubernetes 1.22 stopped serving it, write networking.k8s.io/v1',
    ],
    [
      'kind: Deployment\napiVersion: v1\nmetadata: {name: a}',
      'a.yaml:2:13: error: Deployment default/a: no matches for kind "Deployment" in version "v1": write apps/v1',
    ],
  ])('says of %j what kubectl would', (text, line) => {
    expect(lines(parse(text))).toEqual([line]);
  });

  it('lists what is none of its business as passed over', () => {
    const route =
      'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\n';
    const knative = 'apiVersion: serving.knative.dev/v1\nkind: Service\nanything: [goes]\n';
    expect(parse(`${route}---\n${knative}`)).toMatchObject({
      manifests: [],
      diagnostics: [],
      passedOver: [
        {
          file: 'a.yaml',
          line: 1,
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          name: 'a',
        },
        { file: 'a.yaml', line: 5, apiVersion: 'serving.knative.dev/v1', kind: 'Service' },
      ],
    });
  });

  it('names every unknown field and every field given twice, and where', () => {
    const text = `${SERVICE}colour: blue\nspec:\n  ipFamily: IPv6\nmetadata: {}\n`;
    const read = parse(text.replace('{ports: [{port: 80}]}', '{ports: [{port: 80, prot: TCP}]}'));
    expect(read.manifests).toEqual([]);
    expect(lines(read)).toEqual([
      'a.yaml:4:27: error: Service default/web: strict decoding error: unknown field "spec.ports[0].prot"',
      'a.yaml:5:1: error: Service default/web: strict decoding error: unknown field "colour"',
      'a.yaml:6:1: error: Service default/web: strict decoding error: duplicate field "spec"',
      'a.yaml:8:1: error: Service default/web: strict decoding error: duplicate field "metadata"',
    ]);
  });

  it('warns where kubectl would read a boolean', () => {
    const text = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    on: yes
    off: "no"
spec:
  publishNotReadyAddresses: on
  ports: [{port: 80}]
`;
    const read = parse(text);
    expect(read.manifests).toMatchObject([
      {
        resource: {
          metadata: { annotations: { on: 'yes', off: 'no' } },
          spec: { publishNotReadyAddresses: true },
        },
      },
    ]);
    expect(lines(read)).toEqual([
      'a.yaml:6:5: warning: Service default/web: metadata.annotations.on: kubectl reads the key on as "true": put it in quotes',
      'a.yaml:6:5: warning: Service default/web: metadata.annotations.on: kubectl reads yes as the boolean true, which is refused here: put it in quotes',
      'a.yaml:7:5: warning: Service default/web: metadata.annotations.off: kubectl reads the key off as "false": put it in quotes',
      'a.yaml:9:3: warning: Service default/web: spec.publishNotReadyAddresses: on is read as true, as kubectl reads it: write true',
    ]);
  });

  it('says once that a file is a template', () => {
    const text = `{{- if .Values.on }}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
---
kind: {{ .Values.kind }}
{{- end }}
`;
    expect(lines(parse(text))).toEqual([
      'a.yaml:1:1: error: this is a template with {{ … }} in it, not a manifest: render it first, as `helm template` does',
    ]);
  });

  it('takes no quoted text for a template', () => {
    const annotated = NAMESPACE.replace('shop', "shop, annotations: {query: '{{ $labels.pod }}'}");
    expect(parse(annotated)).toMatchObject({ diagnostics: [], manifests: { length: 1 } });
  });
});

describe('the same object several times', () => {
  const web = (port: number): ManifestSource => ({
    name: `${port}.yaml`,
    text: SERVICE.replace('80', String(port)),
  });

  it('counts as it was written last', () => {
    const read = parseManifests([web(80), web(81), web(82)]);
    expect(read.manifests).toMatchObject([{ file: '82.yaml' }]);
    expect(lines(read)).toEqual([
      '80.yaml:1:1: warning: Service default/web: stands again at 82.yaml:1:1, and that one counts',
      '81.yaml:1:1: warning: Service default/web: stands again at 82.yaml:1:1, and that one counts',
    ]);
  });

  it('counts as it was last valid', () => {
    const read = parseManifests([web(80), web(0)]);
    expect(read.manifests).toMatchObject([{ file: '80.yaml' }]);
    expect(read.diagnostics.map(({ code }) => code)).not.toContain('DuplicateObject');
  });

  it('is another one in another namespace, or of another kind', () => {
    const elsewhere = SERVICE.replace('name: web', 'name: web, namespace: other');
    const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n';
    expect(parse([SERVICE, elsewhere, configMap].join('---\n'))).toMatchObject({
      manifests: { length: 3 },
      diagnostics: [],
    });
  });
});

describe('a file that was come across', () => {
  const discovered = (text: string, name = 'a.yaml'): ParsedManifests =>
    parseManifests([{ name, text, discovered: true }]);

  it.each([
    ['package.json', '{"name": "shop", "scripts": {}}'],
    ['values.yaml', 'replicas: 2\ningress: {kind: none}\n'],
    ['patch.yaml', '- op: replace\n  path: /spec/replicas\n'],
    ['tsconfig.json', '{\n  // no JSON\n  "strict": true,\n}'],
    ['mkdocs.yml', 'site: !!python/name:x\nextra: "\n'],
  ])('is passed over where it holds no Kubernetes object: %s', (name, text) => {
    expect(discovered(text, name)).toEqual({
      manifests: [],
      diagnostics: [],
      passedOver: [{ file: name, line: 1 }],
    });
    expect(parse(text, name).diagnostics).not.toEqual([]);
  });

  it('is gone over once, however many of its lines are blank', () => {
    expect(discovered(`{{${'\n'.repeat(500_000)}`).passedOver).toHaveLength(1);
  });

  it.each([
    ['kind: Service\n', "Object 'apiVersion' is missing"],
    ['apiVersion: v1\nkind: Service\nspec: "\n', 'Missing closing "quote'],
    ['{"apiVersion": "v1", "kind": "Service"', 'Flow map'],
    ['apiVersion: v1\nkind: {{ .Values.kind }}\n', 'this is a template'],
    [`${NAMESPACE}---\nreplicas: 2\n`, "Object 'Kind' is missing"],
  ])('gets its errors where it claims to hold one: %j', (text, message) => {
    expect(discovered(text)).toMatchObject({
      passedOver: [],
      diagnostics: [{ message: expect.stringContaining(message) }],
    });
  });
});
