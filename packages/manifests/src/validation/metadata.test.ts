import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

/** What is said of an object with this metadata. */
function metadata(text: string, head = 'apiVersion: v1\nkind: ConfigMap'): readonly string[] {
  const source = { name: 'a.yaml', text: `${head}\nmetadata: ${text}` };
  return parseManifests([source]).diagnostics.map(({ message }) => message);
}

const beginning = (messages: readonly string[]): readonly string[] =>
  messages.map((message) => message.split(': ').slice(0, 3).join(': '));

describe('metadata', () => {
  it.each([
    '{name: a}',
    '{name: a.b-c}',
    '{name: a, labels: {example.com/Tier: Front_end, empty: ""}}',
    '{name: a, annotations: {Example.com/Note: anything at all}}',
    '{name: a, finalizers: [orphan, example.com/clean]}',
    '{name: a, creationTimestamp: null, uid: x, resourceVersion: "1", generation: 2}',
    '{name: a, ownerReferences: [{apiVersion: v1, kind: Pod, name: b, uid: c, controller: true}]}',
  ])('is fine with %s', (text) => {
    expect(metadata(text)).toEqual([]);
  });

  it.each([
    ['{}', 'metadata.name: Required value: name or generateName is required'],
    ['{name: ""}', 'metadata.name: Required value: name or generateName is required'],
    ['{name: A}', 'metadata.name: Invalid value: "A"'],
    ['{name: a, namespace: b.c}', 'metadata.namespace: Invalid value: "b.c"'],
    ['{name: a, labels: {-a: b}}', 'metadata.labels: Invalid value: "-a"'],
    ['{name: a, labels: {a: -b}}', 'metadata.labels: Invalid value: "-b"'],
    ['{name: a, annotations: {a b: c}}', 'metadata.annotations: Invalid value: "a b"'],
    ['{name: a, generation: -1}', 'metadata.generation: Invalid value: -1'],
    ['{name: a, finalizers: [mine]}', 'metadata.finalizers[0]: Invalid value: "mine"'],
    [
      '{name: a, finalizers: [orphan, foregroundDeletion]}',
      'metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]',
    ],
    [
      '{name: a, ownerReferences: [{apiVersion: v1, kind: Pod, name: b}]}',
      'metadata.ownerReferences.uid: Invalid value: ""',
    ],
    ['{generateName: a-}', 'metadata.generateName: Invalid value: "a-"'],
  ])('is refused with %s', (text, message) => {
    expect(beginning(metadata(text))).toEqual([message]);
  });

  it('may not ask for a name to be generated, as with kubectl apply', () => {
    expect(metadata('{generateName: a-}')).toEqual([
      'metadata.generateName: Invalid value: "a-": cannot use generate name with apply',
    ]);
  });

  it('holds at most 256 KiB of annotations, counted in bytes', () => {
    const annotated = (size: number): readonly string[] =>
      metadata(`{name: a, annotations: {k: "${'é'.repeat(size)}"}}`);
    expect(annotated(131_071)).toEqual([]);
    expect(annotated(131_072)).toEqual([
      'metadata.annotations: Too long: may not be more than 262144 bytes',
    ]);
  });

  it('names a Namespace by a DNS label', () => {
    expect(beginning(metadata('{name: a.b}', 'apiVersion: v1\nkind: Namespace'))).toEqual([
      'metadata.name: Invalid value: "a.b"',
    ]);
  });
});
