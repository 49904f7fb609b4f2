import {
  INGRESS_CLASS_ANNOTATION,
  TOPOLOGY_AWARE_HINTS_ANNOTATION,
  TOPOLOGY_MODE_ANNOTATION,
} from '@portolan/core';
import type { Ingress, IngressClass, Service } from '@portolan/core';

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

/** What is ours is judged as a whole, on every kind of object, where the Snapshot is built. */
const OURS = 'portolan.dev/';

/** What of each kind's annotations is honoured, here or by the plugin of a Service type. */
const HONOURED: Readonly<Record<AnnotatedObject['kind'], ReadonlySet<string>>> = {
  Ingress: new Set([INGRESS_CLASS_ANNOTATION]),
  IngressClass: new Set([IS_DEFAULT_CLASS]),
  Service: new Set([
    TOPOLOGY_AWARE_HINTS_ANNOTATION,
    TOPOLOGY_MODE_ANNOTATION,
    'service.beta.kubernetes.io/load-balancer-source-ranges',
  ]),
};

/** An object by whose annotations controllers change what becomes of requests. */
export type AnnotatedObject = Ingress | IngressClass | Service;

/**
 * The annotations of an object that another controller would heed and we don't, sorted. That is all those with a
 * prefix but ours and bookkeeping: what has no prefix is private to its user (Kubernetes, Annotations, Syntax).
 */
export function unsupportedAnnotations({ kind, metadata }: AnnotatedObject): readonly string[] {
  return Object.keys(metadata.annotations ?? {})
    .filter((key) => key.includes('/') && !key.startsWith(OURS))
    .filter((key) => !HONOURED[kind].has(key) && !isBookkeeping(key))
    .toSorted();
}

function isBookkeeping(key: string): boolean {
  if (key === 'kubernetes.io/description') return true;
  const domain = key.slice(0, key.indexOf('/'));
  return BOOKKEEPING.some((known) => domain === known || domain.endsWith(`.${known}`));
}
