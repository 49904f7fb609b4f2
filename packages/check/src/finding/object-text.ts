import type { Finding } from './finding.ts';

/** `Ingress shop/web`, `IngressClass nginx` where the kind has no namespace, empty where a finding is about no object. */
export function objectText({ object }: Pick<Finding, 'object'>): string {
  if (object === undefined) return '';
  const { kind, namespace, name } = object;
  if (name === '') return kind;
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
