export * from './ingress/ingress.ts';
export type { IngressOptions } from './ingress-class/ingress-class.ts';
