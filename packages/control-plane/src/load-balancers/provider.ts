import type { LoadBalancerIngress, Node, Service } from '@portolan/core';

/**
 * Gives addresses to Services of type LoadBalancer, and takes them back. A Service is a provider's where its
 * `loadBalancerClass` is the provider's own; the first provider of a list also has those without a class. Another class is for
 * somebody else: such a Service is left alone.
 */
export interface LoadBalancerProvider {
  /** `host`, `cloudflare`: for messages. */
  readonly name: string;
  /** Such as `portolan.dev/host`: with a prefix, and no other provider's. It is also a finalizer of the Services that it gave something. */
  readonly loadBalancerClass: string;
  /**
   * Makes what the Service asks for true with the least change, and tells what truly is. May be called again at any time, also
   * for what it has never seen. One call for a Service at a time. Where it refuses something it is called again, after longer
   * and longer pauses, and when it has taken something back from another Service.
   *
   * @throws where something failed that may go better later: what the Service has stays in its status, and it is called again.
   */
  readonly ensure: (request: LoadBalancerRequest) => Promise<Provision>;
  /**
   * Takes back all that a Service was given. Called for what `ensure` was called for, also by an earlier process; the Service
   * may have another type or class by now.
   *
   * @throws as `ensure`.
   */
  readonly release: (request: Pick<LoadBalancerRequest, 'service' | 'signal'>) => Promise<void>;
}

export interface LoadBalancerRequest {
  /** As admitted. */
  readonly service: Service;
  /** Sorted by name. */
  readonly nodes: readonly Node[];
  /** Aborts when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** What a provider truly gave. */
export interface Provision {
  /** What becomes `status.loadBalancer.ingress`; a port that could not be opened has an `error` there. */
  readonly ingress: readonly LoadBalancerIngress[];
  /** Why there is less than was asked for: a reason in CamelCase, and a sentence for people. */
  readonly refusal?: { readonly reason: string; readonly message: string };
}
