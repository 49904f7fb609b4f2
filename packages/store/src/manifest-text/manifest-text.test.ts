import { parseManifests } from '@portolan/manifests';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { authoredText, readAuthored, type Authored } from './authored.ts';
import { manifestTexts, removedText, replacedTexts } from './manifest-text.ts';

const string = fc.oneof(
  fc.constantFrom(
    'yes',
    'no',
    '~',
    '0123',
    '1e3',
    '1:30',
    '- a',
    'a: b',
    '#',
    '---\n...',
    'a\r\nb\n\n',
    ' ',
  ),
  fc.string({ unit: 'binary' }),
);
const data = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), string, { maxKeys: 4 });
const configMap = (name: string): fc.Arbitrary<Authored> =>
  fc.record({ data, annotations: data }).map(({ data: own, annotations }) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'shop',
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    ...(Object.keys(own).length > 0 && { data: own }),
  }));

/** What is read in a text, by name; without it where something in it is faulty. */
function objectsIn(text: string): Readonly<Record<string, Authored>> | undefined {
  const { manifests, diagnostics } = parseManifests([{ name: 'a.yaml', text }]);
  if (diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  return Object.fromEntries(
    manifests.map(({ resource }) => [resource.metadata.name, readAuthored(authoredText(resource))]),
  );
}

describe('a manifest as text', () => {
  it('is read back as it was, in one of its forms at the least', () => {
    fc.assert(
      fc.property(configMap('a'), (object) => {
        expect(manifestTexts(object).map(objectsIn)).toContainEqual({ a: object });
      }),
    );
  });

  it('takes the place of another, in one of its forms at the least, and leaves the documents around it', () => {
    const objects = fc.tuple(configMap('a'), configMap('b'), configMap('c'), configMap('b'));
    fc.assert(
      fc.property(objects, ([a, b, c, next]) => {
        const [first, second, third] = [a, b, c].map((each) => manifestTexts(each)[1] ?? '');
        const [before, after] = [`# a comment\n${first}`, `---\n# another\n${third}`];
        const texts = replacedTexts('a.yaml', `${before}---\n${second}${after}`, next);
        for (const text of texts) {
          expect(text.startsWith(before)).toBe(true);
          expect(text.endsWith(after)).toBe(true);
        }
        expect(texts.map(objectsIn)).toContainEqual({ a, b: next, c });
      }),
    );
  });

  it('can be taken out from among others, which stay as they are', () => {
    const text =
      '# a\nkind: A\n---\n# b\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: b}\n---\nc: [\n';
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'b', namespace: 'default' },
    };
    expect(removedText('a.yaml', text, object)).toBe('# a\nkind: A\n---\nc: [\n');
    expect(removedText('a.yaml', text, { ...object, kind: 'Secret' })).toBeUndefined();
  });
});

describe('an edited manifest', () => {
  const text = `# Owned by the shop team.
apiVersion: v1
kind: Service
metadata:
  name: web # as customers know it
  labels: &labels
    app: web
spec:
  type: ClusterIP   # for now
  selector: *labels
  ports:
  # the front door
  - name: http
    port: 80
  - name: admin # not for customers
    port: 81
`;
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
    spec: {
      type: 'ClusterIP',
      selector: { app: 'web' },
      ports: [
        { name: 'http', port: 80 },
        { name: 'admin', port: 81 },
      ],
    },
  };
  const edited = (next: Authored): string | undefined => replacedTexts('a.yaml', text, next)[0];

  it('keeps comments, style and the namespace that was left out', () => {
    const ports = [{ name: 'http', port: 8080 }, ...object.spec.ports.slice(1)];
    const next = { ...object, spec: { ...object.spec, ports } };
    expect(edited(next)).toBe(
      text.replace('port: 80\n', 'port: 8080\n').replace('   # for', ' # for'),
    );
  });

  it('has no alias left where the values are no longer the same', () => {
    const next = { ...object, spec: { ...object.spec, selector: { app: 'api' } } };
    expect(objectsIn(edited(next) ?? '')).toEqual({ web: next });
    expect(edited(next)).toContain('# the front door');
  });

  it('is read by kubectl as it was meant, where YAML 1.1 has another meaning', () => {
    const labels = { app: 'web', debug: 'on', since: '2026-01-01', at: '12:30:45' };
    const next = { ...object, metadata: { ...object.metadata, labels } };
    expect(edited(next)).toContain('debug: "on"\n');
    expect(edited(next)).toContain('at: "12:30:45"\n');
  });
});
