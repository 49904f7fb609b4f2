import { expect, it } from 'vitest';

import type { Finding } from '../finding/finding.ts';
import { formatGitHub } from './github.ts';

const finding: Finding = {
  severity: 'error',
  code: 'BackendNotFound',
  message: 'Service shop/cart does not exist',
  file: 'k8s/a,b:c.yaml',
  line: 7,
  column: 3,
  object: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'shop', name: 'web' },
};

it('is one command for each finding, with its place and code', () => {
  expect(formatGitHub([{ ...finding, file: 'web.yaml' }])).toBe(
    '::error file=web.yaml,line=7,col=3,title=BackendNotFound::Ingress shop/web: Service shop/cart does not exist',
  );
  expect(formatGitHub([finding, finding]).split('\n')).toHaveLength(2);
  expect(formatGitHub([])).toBe('');
});

it('escapes what ends a property, a line or begins an escape', () => {
  expect(formatGitHub([finding])).toContain('file=k8s/a%2Cb%3Ac.yaml,');
  const text = formatGitHub([{ ...finding, message: '100%\nof\r\n::error::it', remedy: 'help' }]);
  expect(text).toContain('100%25%0Aof%0D%0A::error::it%0Ahelp');
  expect(text.split('\n')).toHaveLength(1);
});

it('keeps control characters out of the log', () => {
  expect(formatGitHub([{ ...finding, message: 'a\u001B[31mb' }])).toContain('a\uFFFD[31mb');
});
