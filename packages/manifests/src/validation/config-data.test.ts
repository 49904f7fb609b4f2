import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

function read(kind: string, text: string): readonly string[] {
  const source = {
    name: 'a.yaml',
    text: `apiVersion: v1\nkind: ${kind}\nmetadata: {name: a}\n${text}`,
  };
  return parseManifests([source]).diagnostics.map(({ message }) => message);
}

describe('a ConfigMap', () => {
  it.each(['', 'data: {a.b-c_D: x}', 'data: {a: x}\nbinaryData: {b: YQ==}'])(
    'is fine with %s',
    (text) => {
      expect(read('ConfigMap', text)).toEqual([]);
    },
  );

  it.each([
    [
      'data: {a/b: x}',
      `data[a/b]: Invalid value: "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    ],
    ['data: {..: x}', `data[..]: Invalid value: "..": must not be '..'`],
    ['data: {..a: x}', `data[..a]: Invalid value: "..a": must not start with '..'`],
    [
      'data: {a: x}\nbinaryData: {a: YQ==}',
      'data[a]: Invalid value: "a": duplicate of key present in binaryData',
    ],
    ['data: {a: 1}', 'data[a]: Invalid value: 1: must be a string: put it in quotes'],
    ['binaryData: {a: "?"}', 'binaryData[a]: Invalid value: "?": must be base64'],
  ])('is refused with %s', (text, message) => {
    expect(read('ConfigMap', text)).toEqual([message]);
  });

  it('holds at most 1 MiB', () => {
    const sized = (size: number): readonly string[] =>
      read('ConfigMap', `data: {a: ${'x'.repeat(size - 3)}}\nbinaryData: {b: YWJj}`);
    expect(sized(1_048_576)).toEqual([]);
    expect(sized(1_048_577)).toEqual([': Too long: may not be more than 1048576 bytes']);
  });
});

describe('a Secret', () => {
  it.each([
    '',
    'data: {a: YQ==}\nstringData: {b: anything}',
    'type: kubernetes.io/tls\ndata: {tls.crt: "", tls.key: ""}',
    'type: kubernetes.io/tls\nstringData: {tls.crt: a, tls.key: b}',
    'type: kubernetes.io/basic-auth\nstringData: {username: a}',
    'type: example.com/mine',
  ])('is fine with %s', (text) => {
    expect(read('Secret', text)).toEqual([]);
  });

  it.each([
    ['type: kubernetes.io/tls\ndata: {tls.crt: ""}', 'data[tls.key]: Required value'],
    ['type: kubernetes.io/dockerconfigjson', 'data[.dockerconfigjson]: Required value'],
    [
      'type: kubernetes.io/basic-auth',
      'data[username]: Required value',
      'data[password]: Required value',
    ],
  ])('is refused with %s', (text, ...messages) => {
    expect(read('Secret', text)).toEqual(messages);
  });

  it('keeps its contents out of what is said about it', () => {
    expect(read('Secret', 'data: {a: hunter2!}\nstringData: {b: 4711}')).toEqual([
      'data[a]: Invalid value: "<secret contents redacted>": must be base64',
      'stringData[b]: Invalid value: "<secret contents redacted>": must be a string: put it in quotes',
    ]);
  });
});
