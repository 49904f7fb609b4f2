import { objectReference } from '@portolan/core';
import type { Condition, Ingress, IngressRule } from '@portolan/core';
import type { Route, Rule } from '@portolan/routing';

import { unsupportedAnnotations } from '../annotation/annotation.ts';
import { conditionOf } from '../condition/condition.ts';
import { backendsOf } from './backend.ts';
import type { ImplementationSpecific } from './path.ts';
import { implementationSpecific, literalAsterisk, pathMatch } from './path.ts';

/**
 * The route that an Ingress describes, and what of the Ingress isn't carried out.
 *
 * Source: Kubernetes API reference, IngressSpec v1 networking.k8s.io.
 */
export function routeOf(ingress: Ingress): {
  readonly route: Route;
  readonly conditions: readonly Condition[];
} {
  const source = objectReference(ingress);
  const { creationTimestamp } = ingress.metadata;
  const { defaultBackend, rules = [] } = ingress.spec;
  const specific = implementationSpecific(ingress);
  const compiled = rules.map((rule, index) =>
    rulesOf(ingress, rule, `spec.rules[${index}]`, specific.type),
  );
  return {
    route: {
      source: {
        ...source,
        ...(creationTimestamp !== undefined && { creationTimestamp }),
      },
      rules: compiled.flatMap((each) => each.rules),
      ...(defaultBackend && {
        defaultBackend: {
          field: 'spec.defaultBackend',
          backends: backendsOf(defaultBackend, source.namespace),
        },
      }),
    },
    conditions: [
      ...aboutAnnotations(ingress),
      ...aboutTLS(ingress),
      ...(specific.condition ? [specific.condition] : []),
      ...compiled.flatMap((each) => each.conditions),
    ],
  };
}

/** One for each path. A rule without `http` takes nothing: its host's requests go to the default backend. */
function rulesOf(
  ingress: Ingress,
  { host, http }: IngressRule,
  field: string,
  specific: ImplementationSpecific,
): { readonly rules: readonly Rule[]; readonly conditions: readonly Condition[] } {
  const onHost = host ? { host } : {};
  if (!http) return { rules: [{ field, ...onHost, matches: [], backends: [] }], conditions: [] };
  const namespace = ingress.metadata.namespace ?? 'default';
  const paths = http.paths.map((path, index) => ({
    field: `${field}.http.paths[${index}]`,
    match: pathMatch(path, specific),
    backends: backendsOf(path.backend, namespace),
  }));
  return {
    rules: paths.map(({ field: at, match, backends }) => ({
      field: at,
      ...onHost,
      matches: [{ path: match }],
      backends,
    })),
    conditions: paths.flatMap(({ field: at, match }) => literalAsterisk(ingress, match, at)),
  };
}

function aboutAnnotations(ingress: Ingress): readonly Condition[] {
  const keys = unsupportedAnnotations(ingress);
  if (keys.length === 0) return [];
  return [
    conditionOf(ingress, {
      type: 'Accepted',
      status: 'True',
      reason: 'UnsupportedAnnotations',
      message: `not heeded here: ${keys.join(', ')}`,
      field: 'metadata.annotations',
    }),
  ];
}

function aboutTLS(ingress: Ingress): readonly Condition[] {
  const { tls = [] } = ingress.spec;
  if (tls.length === 0) return [];
  const hosts = [...new Set(tls.flatMap((each) => each.hosts ?? []))].toSorted();
  return [
    conditionOf(ingress, {
      type: 'Accepted',
      status: 'True',
      reason: 'TLSNotTerminated',
      message: `TLS is to end in front of this router, for ${hosts.length > 0 ? hosts.join(', ') : 'every host'}`,
      field: 'spec.tls',
    }),
  ];
}
