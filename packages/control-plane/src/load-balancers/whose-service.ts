import {
  isFromSource,
  validateQualifiedName,
  type Service,
  type ServiceTypeRegistry,
} from '@portolan/core';

import type { Stored } from '../store/stored-resource.ts';
import type { LoadBalancerProvider } from './provider.ts';

/** Holds a Service for as long as something outside stands for it. Source: Kubernetes KEP-980. */
const CLEANUP_FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** Which providers have to do with a Service. */
export interface WhoseService {
  /** Whose it is to be; `undefined` where it wants no load balancer, or somebody else's, is being deleted, or was synced. */
  readonly providerOf: (service: Stored<'Service'>) => LoadBalancerProvider | undefined;
  /** Who may have given it something, as its finalizers say. */
  readonly holdersOf: (service: Stored<'Service'>) => readonly LoadBalancerProvider[];
  /** The finalizers of a Service that a provider is about to give something. */
  readonly heldBy: (
    provider: LoadBalancerProvider,
    service: Stored<'Service'>,
  ) => readonly string[];
  /** The finalizers of a Service from which a provider has taken back all. */
  readonly releasedBy: (
    provider: LoadBalancerProvider,
    service: Stored<'Service'>,
  ) => readonly string[];
}

/**
 * Goes by `loadBalancerClass` (Kubernetes KEP-1959). Beside Kubernetes' finalizer, a Service has its provider's class as one: so
 * it is known after a restart who is to take back what, though `spec` may say something else by then.
 *
 * @throws {RangeError} for a class that has no prefix, since those are for users, or that two providers share.
 */
export function whoseService(
  providers: readonly LoadBalancerProvider[],
  serviceTypes: ServiceTypeRegistry,
): WhoseService {
  const byClass = new Map<string, LoadBalancerProvider>();
  for (const provider of providers) {
    const { name, loadBalancerClass } = provider;
    const isPrefixed = loadBalancerClass.includes('/');
    if (!isPrefixed || validateQualifiedName(loadBalancerClass).length > 0) {
      throw new RangeError(`provider ${name}: ${loadBalancerClass} is no name with a prefix`);
    }
    if (byClass.has(loadBalancerClass)) {
      throw new RangeError(`provider ${name}: ${loadBalancerClass} is another's class, too`);
    }
    byClass.set(loadBalancerClass, provider);
  }
  const wantsLoadBalancer = (service: Service): boolean => {
    const type = serviceTypes.resolve(service);
    return 'wantsLoadBalancer' in type && type.wantsLoadBalancer;
  };
  const holdersOf: WhoseService['holdersOf'] = (service) =>
    isFromSource(service)
      ? []
      : finalizersOf(service).flatMap((finalizer) => byClass.get(finalizer) ?? []);
  return {
    holdersOf,
    providerOf: (service) => {
      const { spec, metadata } = service;
      if (metadata.deletionTimestamp !== undefined || isFromSource(service)) return undefined;
      if (!wantsLoadBalancer(service)) return undefined;
      const { loadBalancerClass } = spec;
      return loadBalancerClass === undefined ? providers[0] : byClass.get(loadBalancerClass);
    },
    heldBy: ({ loadBalancerClass }, service) => [
      ...new Set([...finalizersOf(service), CLEANUP_FINALIZER, loadBalancerClass]),
    ],
    releasedBy: (provider, service) => {
      const isLast = holdersOf(service).every((each) => each === provider);
      return finalizersOf(service).filter(
        (each) => each !== provider.loadBalancerClass && !(isLast && each === CLEANUP_FINALIZER),
      );
    },
  };
}

function finalizersOf({ metadata }: Stored<'Service'>): readonly string[] {
  return metadata.finalizers ?? [];
}
