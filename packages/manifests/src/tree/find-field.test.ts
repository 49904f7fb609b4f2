import { describe, expect, it } from 'vitest';

import { readYAML } from '../yaml/read-yaml.ts';
import { findField } from './find-field.ts';

const TEXT = `metadata:
  labels:
    app.kubernetes.io/name: shop
    app: short
    app.tier: long
    a]b: closed
spec:
  rules:
  - host: example.com
    paths: [{path: /a}, {path: /b}]
`;

/** The text that stands where a field is found. */
function at(field: string): string {
  const tree = readYAML({ text: TEXT, offset: 0 });
  if (!tree) throw new Error('the text is empty');
  return TEXT.slice(findField(tree, field).offset).split('\n')[0] ?? '';
}

describe('finding a field', () => {
  it('leads to the key of a map entry', () => {
    expect(at('spec.rules[0].host')).toBe('host: example.com');
    expect(at('spec.rules[0].paths[1].path')).toBe('path: /b}]');
  });

  it('leads to the item of a list', () => {
    expect(at('spec.rules[0]')).toBe('host: example.com');
    expect(at('spec.rules[0].paths[1]')).toBe('{path: /b}]');
  });

  it('finds keys with dots and slashes, in brackets or not', () => {
    expect(at('metadata.labels[app.kubernetes.io/name]')).toBe('app.kubernetes.io/name: shop');
    expect(at('metadata.labels.app.kubernetes.io/name')).toBe('app.kubernetes.io/name: shop');
    expect(at('metadata.labels.app')).toBe('app: short');
    expect(at('metadata.labels[app.tier]')).toBe('app.tier: long');
  });

  it('finds keys with brackets in them', () => {
    expect(at('metadata.labels[a]b]')).toBe('a]b: closed');
  });

  it('leads to the nearest ancestor of a field that is not there', () => {
    expect(at('spec.rules[0].http.paths[3]')).toBe('host: example.com');
    expect(at('spec.rules[7].host')).toBe('rules:');
    expect(at('spec.ports[0]')).toBe('spec:');
    expect(at('status')).toBe('metadata:');
    expect(at('')).toBe('metadata:');
  });
});
