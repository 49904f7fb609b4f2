import { INGRESS_CLASS_ANNOTATION } from '@portolan/core';
import type { Ingress } from '@portolan/core';

/** `"true"` on an IngressClass makes it the class of Ingresses that name none. */
export const IS_DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';
/** What `pathType: ImplementationSpecific` means on this Ingress: `Prefix`, the default, or `RegularExpression`. */
export const IMPLEMENTATION_SPECIFIC = 'portolan.dev/implementation-specific';

export function annotation(
  object: { readonly metadata: Ingress['metadata'] },
  key: string,
): string | undefined {
  const annotations = object.metadata.annotations ?? {};
  return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}

/** Domains, with what is below them, whose annotations say how an object is kept and not what becomes of requests. */
const BOOKKEEPING = [
  'app.kubernetes.io',
  'argoproj.io',
  'config.kubernetes.io',
  'fluxcd.io',
  'helm.sh',
  'kubectl.kubernetes.io',
];

/**
 * The annotations of an Ingress that another controller would heed and we don't, sorted. That is all those with a
 * prefix but ours and bookkeeping: what has no prefix is private to its user (Kubernetes, Annotations, Syntax).
 */
export function unsupportedAnnotations(ingress: Ingress): readonly string[] {
  return Object.keys(ingress.metadata.annotations ?? {})
    .filter((key) => key.includes('/') && !isUnderstood(key))
    .toSorted();
}

function isUnderstood(key: string): boolean {
  if (key === INGRESS_CLASS_ANNOTATION || key === IMPLEMENTATION_SPECIFIC) return true;
  if (key === 'kubernetes.io/description') return true;
  const domain = key.slice(0, key.indexOf('/'));
  return BOOKKEEPING.some((known) => domain === known || domain.endsWith(`.${known}`));
}
