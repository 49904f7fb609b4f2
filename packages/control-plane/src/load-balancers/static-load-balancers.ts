import type { LoadBalancerProvider } from './provider.ts';

/**
 * A provider that gives nothing of its own: for Services whose `status.loadBalancer` somebody writes who set a load balancer up
 * by hand, or outside of here. What is there counts.
 */
export function staticLoadBalancers(): LoadBalancerProvider {
  return {
    name: 'static',
    loadBalancerClass: 'portolan.dev/static',
    ensure: ({ service }) => {
      const ingress = service.status?.loadBalancer?.ingress ?? [];
      const message = 'status.loadBalancer.ingress is for somebody to fill in, and is empty';
      return Promise.resolve(
        ingress.length > 0
          ? { ingress }
          : { ingress, refusal: { reason: 'AddressNotGiven', message } },
      );
    },
    release: () => Promise.resolve(),
  };
}
