import type { KubernetesObject } from './meta.ts';

export interface IngressServiceBackend {
  readonly name: string;
  /** A Service port, by `name` or by `number`. */
  readonly port?: { readonly name?: string; readonly number?: number };
}

/** Exactly one of `service` and `resource`. */
export interface IngressBackend {
  readonly service?: IngressServiceBackend;
  readonly resource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
}

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export interface HTTPIngressPath {
  readonly path?: string;
  readonly pathType: PathType;
  readonly backend: IngressBackend;
}

export interface IngressRule {
  /** A DNS name, `*.` and a DNS name, or absent for every host. */
  readonly host?: string;
  readonly http?: { readonly paths: readonly HTTPIngressPath[] };
}

/** Source: Kubernetes API reference, IngressSpec v1 networking.k8s.io. */
export interface IngressSpec {
  readonly ingressClassName?: string;
  readonly defaultBackend?: IngressBackend;
  readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
  readonly rules?: readonly IngressRule[];
}

/** Many Services behind one address, by host and path. */
export interface Ingress extends KubernetesObject<'networking.k8s.io/v1', 'Ingress'> {
  readonly spec: IngressSpec;
  readonly status?: unknown;
}

/** Names the controller that serves the Ingresses of a class. */
export interface IngressClass extends KubernetesObject<'networking.k8s.io/v1', 'IngressClass'> {
  readonly spec?: {
    readonly controller?: string;
    readonly parameters?: {
      readonly apiGroup?: string;
      readonly kind: string;
      readonly name: string;
      readonly namespace?: string;
      readonly scope?: string;
    };
  };
}

/**
 * The annotation that names the class of an Ingress where `spec.ingressClassName` is absent. Deprecated since Kubernetes
 * 1.18.
 */
export const INGRESS_CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
