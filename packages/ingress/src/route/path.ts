import type { Condition, HTTPIngressPath, Ingress } from '@portolan/core';
import type { PathMatch } from '@portolan/routing';

import { annotation, IMPLEMENTATION_SPECIFIC } from '../annotation/annotation.ts';
import { conditionOf } from '../condition/condition.ts';

/** What `ImplementationSpecific` means on one Ingress. */
export type ImplementationSpecific = 'PathPrefix' | 'RegularExpression';

/** As the annotation says; whatever it says amiss, a prefix and a Condition. */
export function implementationSpecific(ingress: Ingress): {
  readonly type: ImplementationSpecific;
  readonly condition?: Condition;
} {
  const value = annotation(ingress, IMPLEMENTATION_SPECIFIC) ?? 'Prefix';
  if (value === 'RegularExpression') return { type: 'RegularExpression' };
  if (value === 'Prefix') return { type: 'PathPrefix' };
  return {
    type: 'PathPrefix',
    condition: conditionOf(ingress, {
      type: 'Accepted',
      status: 'True',
      reason: 'UnsupportedValue',
      message: `${JSON.stringify(value)} is taken for "Prefix": must be "Prefix" or "RegularExpression"`,
      field: `metadata.annotations[${IMPLEMENTATION_SPECIFIC}]`,
    }),
  };
}

/**
 * The match of one path. An empty path is `/`, and matches everything unless its type is Exact.
 *
 * Source: Kubernetes API reference, HTTPIngressPath v1 networking.k8s.io.
 */
export function pathMatch(
  { path = '', pathType }: HTTPIngressPath,
  specific: ImplementationSpecific,
): PathMatch {
  const value = path === '' ? '/' : path;
  if (pathType === 'Exact') return { type: 'Exact', value };
  if (pathType === 'ImplementationSpecific' && path !== '') return { type: specific, value };
  return { type: 'PathPrefix', value };
}

/** A prefix with `*`, which some other controllers take for a wildcard. */
export function literalAsterisk(
  ingress: Ingress,
  { type, value }: PathMatch,
  field: string,
): readonly Condition[] {
  if (type !== 'PathPrefix' || !value.includes('*')) return [];
  return [
    conditionOf(ingress, {
      type: 'Accepted',
      status: 'True',
      reason: 'LiteralAsterisk',
      message: `${JSON.stringify(value)} is taken literally: a prefix needs no "*", and a regular expression the annotation ${IMPLEMENTATION_SPECIFIC}`,
      field: `${field}.path`,
    }),
  ];
}
