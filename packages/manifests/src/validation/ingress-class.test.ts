import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

/** What is said of an IngressClass with this spec. */
function spec(text: string): readonly string[] {
  const head = 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}';
  const source = { name: 'a.yaml', text: `${head}\nspec: ${text}` };
  return parseManifests([source]).diagnostics.map(({ message }) => message);
}

const parameters = (text: string): string =>
  `{controller: example.com/ingress, parameters: {kind: Parameters, name: external${text}}}`;

describe('an IngressClass', () => {
  it.each([
    '{controller: example.com/ingress}',
    parameters(', apiGroup: k8s.example.com'),
    parameters(', scope: Cluster'),
    parameters(', scope: Namespace, namespace: shop'),
  ])('is fine with %s', (text) => {
    expect(spec(text)).toEqual([]);
  });

  it.each([
    ['{}', 'spec.controller: Required value'],
    [
      '{controller: nginx}',
      'spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")',
    ],
    [
      '{controller: "example.com/a b"}',
      `spec.controller: Invalid value: "a b": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')`,
    ],
    [
      `{controller: example.com/${'a'.repeat(239)}}`,
      'spec.controller: Too long: may not be more than 250 bytes',
    ],
    [
      parameters(', scope: Everywhere'),
      'spec.parameters.scope: Unsupported value: "Everywhere": supported values: "Cluster", "Namespace"',
    ],
    [
      parameters(', scope: Namespace'),
      "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
    ],
    [
      parameters(', namespace: shop'),
      "spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'",
    ],
  ])('is refused with %s', (text, message) => {
    expect(spec(text)).toEqual([message]);
  });
});
