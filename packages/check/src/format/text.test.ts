import { PLAIN } from '@portolan/terminal';
import { describe, expect, it } from 'vitest';

import type { Finding } from '../finding/finding.ts';
import { formatFindings } from './text.ts';

const finding: Finding = {
  severity: 'warning',
  code: 'Conflicted',
  message: 'this rule gets none',
  file: 'web.yaml',
  line: 2,
  column: 3,
  object: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'shop', name: 'web' },
  remedy: 'remove one of the two rules',
  related: [{ message: 'this rule has them', file: 'all.yaml', line: 9, column: 1 }],
};

const sources = [{ name: 'web.yaml', text: 'spec:\n  rules: []\n' }];

describe('findings for people', () => {
  it('show the place, the line, what to do and where else to look', () => {
    expect(formatFindings([finding], PLAIN, { sources })).toBe(
      [
        'web.yaml',
        '',
        '  2:3  warning Conflicted  Ingress shop/web',
        '       this rule gets none',
        '       2 | rules: []',
        '         | ^^^^^^^^^',
        '       help: remove one of the two rules',
        '       see:  all.yaml:9:1  this rule has them',
        '',
        '1 warning in 1 file',
      ].join('\n'),
    );
  });

  it('are grouped by file and counted', () => {
    const text = formatFindings(
      [finding, { ...finding, severity: 'error' }, { ...finding, file: 'other.yaml' }],
      PLAIN,
    );
    expect(text.match(/^\S+\.yaml$/gm)).toEqual(['web.yaml', 'other.yaml']);
    expect(text).toMatch(/1 error and 2 warnings in 2 files$/);
  });

  it('say so where there is none', () => {
    expect(formatFindings([], PLAIN)).toBe('nothing wrong or doubtful');
  });

  it('never show what is in a Secret', () => {
    const secret: Finding = {
      ...finding,
      object: { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'key' },
    };
    const text = 'data:\n  key: aHVzaA==\n';
    expect(
      formatFindings([secret], PLAIN, { sources: [{ name: 'web.yaml', text }] }),
    ).not.toContain('aHVzaA');
  });

  it.each([
    ['YAML that can not be read', 'kind: Secret\nstringData:\n  key: @hush\n', 3],
    ['JSON that can not be read', '{"kind":"Secret","data":{"key":hush}}', 1],
    ['a line that holds another object too', '{"items":[{"kind":"Secret","data":"hush"},{}]}', 1],
    ['the last of several documents', 'kind: Pod\n---\nkind: "Secret"\ndata: hush\n', 4],
  ])('never show what is in a Secret of %s', (_, text, line) => {
    const { object: _none, ...syntax } = { ...finding, line, column: 1 };
    const shown = formatFindings([syntax], PLAIN, { sources: [{ name: 'web.yaml', text }] });
    expect(shown).not.toContain('hush');
  });

  it('show the line of a document beside a Secret', () => {
    const text = 'kind: Secret\n---\nkind: @Pod\n---\nkind: Secret\n';
    const { object: _none, ...syntax } = { ...finding, line: 3, column: 7 };
    const shown = formatFindings([syntax], PLAIN, { sources: [{ name: 'web.yaml', text }] });
    expect(shown).toContain('3 | kind: @Pod');
  });

  it('keep control characters out of the terminal', () => {
    const text = formatFindings([{ ...finding, message: 'a\u001B[31mb\u0007' }], PLAIN);
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('\u0007');
  });

  it('keep characters that turn the direction of text out of the terminal', () => {
    expect(formatFindings([{ ...finding, message: 'a\u202Eb' }], PLAIN)).toContain('a\uFFFDb');
  });

  it('wrap to the width of the terminal', () => {
    const long = { ...finding, message: 'word '.repeat(40).trim() };
    const lines = formatFindings([long], { width: 60, colours: false }, { sources }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});
