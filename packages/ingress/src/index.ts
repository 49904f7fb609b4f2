export {
  IMPLEMENTATION_SPECIFIC,
  unsupportedAnnotations,
  type AnnotatedObject,
} from './annotation/annotation.ts';
export * from './ingress/ingress.ts';
export type { IngressOptions } from './ingress-class/ingress-class.ts';
export { ingressTLS, type IngressTLS } from './tls/tls.ts';
