import { describe, expect, it } from 'vitest';

import { isEdit } from './is-edit.ts';

describe('isEdit', () => {
  it('is true of a text with something put in, taken out or changed', () => {
    const text = 'kind: Service\nmetadata:\n  name: web\n';
    expect(isEdit(text, text)).toBe(true);
    expect(isEdit(text, `${text}spec: [`)).toBe(true);
    expect(isEdit(text, text.replace('name: web', ''))).toBe(true);
    expect(isEdit(text, text.replace('Service', 'Ingress'))).toBe(true);
  });

  it('is false of another text', () => {
    expect(isEdit('kind: Service\nmetadata:\n', 'apiVersion: v1')).toBe(false);
    expect(isEdit('aaaa', '')).toBe(false);
  });

  it('counts what is at once at the beginning and at the end once', () => {
    expect(isEdit('aaaa', 'a')).toBe(false);
    expect(isEdit('aaaa', 'aa')).toBe(true);
  });
});
