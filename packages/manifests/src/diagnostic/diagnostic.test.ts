import { describe, expect, it } from 'vitest';

import { formatDiagnostic, type Diagnostic } from './diagnostic.ts';
import { formatStatusMessage } from './status-message.ts';

const object = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  namespace: 'shop',
  name: 'web',
};

const diagnostic: Diagnostic = {
  severity: 'error',
  code: 'FieldValueRequired',
  message: 'spec.rules[0].http.paths: Required value',
  file: 'shop.yaml',
  line: 12,
  column: 9,
  field: 'spec.rules[0].http.paths',
  object,
};

describe('a diagnostic in one line', () => {
  it('names place, severity, object and what is to be said', () => {
    expect(formatDiagnostic(diagnostic)).toBe(
      'shop.yaml:12:9: error: Ingress shop/web: spec.rules[0].http.paths: Required value',
    );
  });

  it('has no namespace where the kind has none, and no name where there is none', () => {
    const { object: _, ...without } = diagnostic;
    expect(formatDiagnostic({ ...diagnostic, object: { ...object, namespace: '' } })).toContain(
      'error: Ingress web: ',
    );
    expect(formatDiagnostic({ ...diagnostic, object: { ...object, name: '' } })).toContain(
      'error: Ingress: ',
    );
    expect(formatDiagnostic(without)).toBe(
      'shop.yaml:12:9: error: spec.rules[0].http.paths: Required value',
    );
  });
});

describe("the API server's answer", () => {
  const strict = (code: string, field: string): Diagnostic => ({ ...diagnostic, code, field });

  it('is one message, or several in brackets, none of them twice', () => {
    const other = { ...diagnostic, message: 'spec: Forbidden' };
    expect(formatStatusMessage(object, [diagnostic])).toBe(
      'Ingress.networking.k8s.io "web" is invalid: spec.rules[0].http.paths: Required value',
    );
    expect(formatStatusMessage(object, [diagnostic, other, diagnostic])).toBe(
      'Ingress.networking.k8s.io "web" is invalid: [spec.rules[0].http.paths: Required value, spec: Forbidden]',
    );
  });

  it('leaves out warnings and what is said of other objects', () => {
    const others = [
      { ...diagnostic, severity: 'warning' as const, message: 'a warning' },
      { ...diagnostic, object: { ...object, name: 'other' }, message: 'another name' },
      { ...diagnostic, object: { ...object, namespace: 'other' }, message: 'another namespace' },
      { ...diagnostic, object: { ...object, kind: 'Service' }, message: 'another kind' },
    ];
    expect(formatStatusMessage(object, [...others, diagnostic])).toBe(
      formatStatusMessage(object, [diagnostic]),
    );
  });

  it('names a kind of the core group alone', () => {
    const service = { ...object, apiVersion: 'v1', kind: 'Service' };
    expect(formatStatusMessage(service, [{ ...diagnostic, object: service }])).toMatch(
      /^Service "web" is invalid: /u,
    );
  });

  it('is that of strict decoding where there are unknown fields or duplicates', () => {
    const errors = [
      strict('UnknownField', 'spec.a'),
      strict('DuplicateField', 'spec.b'),
      diagnostic,
    ];
    expect(formatStatusMessage(object, errors)).toBe(
      'Ingress in version "v1" cannot be handled as a Ingress: strict decoding error: unknown field "spec.a", duplicate field "spec.b"',
    );
  });
});
