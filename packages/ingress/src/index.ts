export {
  IMPLEMENTATION_SPECIFIC,
  unsupportedAnnotations,
  type AnnotatedObject,
} from './annotation/annotation.ts';
export * from './ingress/ingress.ts';
export type { IngressOptions } from './ingress-class/ingress-class.ts';
