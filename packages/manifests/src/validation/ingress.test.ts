import { describe, expect, it } from 'vitest';

import { parseManifests } from '../parse/parse-manifests.ts';

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** What is said of an Ingress with this spec. */
function spec(text: string, metadata = ''): readonly string[] {
  const head = 'apiVersion: networking.k8s.io/v1\nkind: Ingress';
  const source = {
    name: 'a.yaml',
    text: `${head}\nmetadata: {name: shop${metadata}}\nspec: ${text}`,
  };
  return parseManifests([source]).diagnostics.map(({ message }) => message);
}

const rule = (text: string): string => `{rules: [${text}]}`;
const path = (text: string): string => rule(`{http: {paths: [{${text}}]}}`);
const BACKEND = 'backend: {service: {name: web, port: {number: 80}}}';
const backend = (text: string): string => `{defaultBackend: ${text}}`;

describe('an Ingress', () => {
  it.each([
    backend('{service: {name: web, port: {name: http}}}'),
    backend('{resource: {apiGroup: k8s.example.com, kind: StorageBucket, name: static}}'),
    rule('{host: example.com}'),
    rule('{host: "*.example.com"}'),
    rule('{host: ""}'),
    path(`path: /, pathType: Prefix, ${BACKEND}`),
    path(`path: "/a.*", pathType: ImplementationSpecific, ${BACKEND}`),
    path(`pathType: ImplementationSpecific, ${BACKEND}`),
    `{rules: [{host: a.b}], tls: [{hosts: [a.b, "*.c.d"], secretName: cert}, {}]}`,
    `{ingressClassName: nginx, rules: [{host: a.b}]}`,
  ])('is fine with %s', (text) => {
    expect(spec(text)).toEqual([]);
  });

  it.each([
    ['{}', 'spec: Invalid value: null: either `defaultBackend` or `rules` must be specified'],
    [
      '{rules: []}',
      'spec: Invalid value: []: either `defaultBackend` or `rules` must be specified',
    ],
    [
      rule('{host: 10.0.0.1}'),
      'spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
    ],
    [rule('{host: Example.com}'), `spec.rules[0].host: Invalid value: "Example.com": ${SUBDOMAIN}`],
    [rule('{host: "a.b:80"}'), `spec.rules[0].host: Invalid value: "a.b:80": ${SUBDOMAIN}`],
    [
      rule('{host: "a.*.b"}'),
      `spec.rules[0].host: Invalid value: "a.*.b": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    ],
    [rule('{http: {}}'), 'spec.rules[0].http.paths: Required value'],
    [
      path(`path: /, ${BACKEND}`),
      'spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified',
    ],
    [
      path(`path: /, pathType: prefix, ${BACKEND}`),
      'spec.rules[0].http.paths[0].pathType: Unsupported value: "prefix": supported values: "Exact", "ImplementationSpecific", "Prefix"',
    ],
    [
      path(`pathType: Prefix, ${BACKEND}`),
      'spec.rules[0].http.paths[0].path: Invalid value: "": must be an absolute path',
    ],
    [
      path(`path: a, pathType: ImplementationSpecific, ${BACKEND}`),
      'spec.rules[0].http.paths[0].path: Invalid value: "a": must be an absolute path',
    ],
    [
      path(`path: /a//b, pathType: Exact, ${BACKEND}`),
      `spec.rules[0].http.paths[0].path: Invalid value: "/a//b": must not contain '//'`,
    ],
    [
      path(`path: /a%2Fb, pathType: Exact, ${BACKEND}`),
      `spec.rules[0].http.paths[0].path: Invalid value: "/a%2Fb": must not contain '%2F'`,
    ],
    [
      path(`path: /a/.., pathType: Prefix, ${BACKEND}`),
      `spec.rules[0].http.paths[0].path: Invalid value: "/a/..": cannot end with '/..'`,
    ],
    [
      path('path: /, pathType: Prefix'),
      'spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required',
    ],
    [
      backend('{service: {name: web, port: {number: 80}}, resource: {kind: A, name: b}}'),
      'spec.defaultBackend: Invalid value: "": cannot set both resource and service backends',
    ],
    [
      backend('{service: {port: {number: 80}}}'),
      'spec.defaultBackend.service.name: Required value',
    ],
    [
      backend('{service: {name: web, port: {number: 80, name: http}}}'),
      'spec.defaultBackend: Invalid value: "": cannot set both port name & port number',
    ],
    [
      backend('{service: {name: web}}'),
      'spec.defaultBackend: Required value: port name or number is required',
    ],
    [
      backend('{service: {name: web, port: {number: 65536}}}'),
      'spec.defaultBackend.service.port.number: Invalid value: 65536: must be between 1 and 65535, inclusive',
    ],
    [
      backend('{service: {name: web, port: {name: 8080-}}}'),
      'spec.defaultBackend.service.port.name: Invalid value: "8080-": must contain at least one letter (a-z)',
      'spec.defaultBackend.service.port.name: Invalid value: "8080-": must not begin or end with a hyphen',
    ],
    [backend('{resource: {kind: A}}'), 'spec.defaultBackend.resource.name: Required value'],
    [
      backend('{resource: {kind: A/B, name: ..}}'),
      `spec.defaultBackend.resource.kind: Invalid value: "A/B": may not contain '/'`,
      `spec.defaultBackend.resource.name: Invalid value: "..": may not be '..'`,
    ],
    [
      '{rules: [{host: a.b}], tls: [{secretName: My_Cert}]}',
      `spec.tls[0].secretName: Invalid value: "My_Cert": ${SUBDOMAIN}`,
    ],
    [
      '{rules: [{host: a.b}], ingressClassName: ""}',
      `spec.ingressClassName: Invalid value: "": ${SUBDOMAIN}`,
    ],
  ])('is refused with %s', (text, ...messages) => {
    expect(spec(text)).toEqual(messages);
  });

  it('may name its class in the annotation too, but no other class', () => {
    const text = '{ingressClassName: nginx, rules: [{host: a.b}]}';
    const annotated = (name: string): string =>
      `, annotations: {kubernetes.io/ingress.class: ${name}}`;
    expect(spec(text, annotated('nginx'))).toEqual([]);
    expect(spec(text, annotated('traefik'))).toEqual([
      'annotations.kubernetes.io/ingress.class: Invalid value: "traefik": must match `ingressClassName` when both are specified',
    ]);
  });

  it('is checked in the order of the API server', () => {
    const text = `{tls: [{hosts: [A]}], ingressClassName: B, rules: [{host: C}], defaultBackend: {}}`;
    const fields = spec(text).map((message) => message.slice(0, message.indexOf(': ')));
    expect(fields).toEqual([
      'spec.defaultBackend',
      'spec.rules[0].host',
      'spec.tls[0].hosts[0]',
      'spec.ingressClassName',
    ]);
  });
});
