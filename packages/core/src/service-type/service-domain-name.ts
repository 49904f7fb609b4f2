import type { Service } from '../resources/service.ts';
import type { ServiceContext } from './service-type.ts';

/**
 * `service.namespace.svc.cluster-domain`, lower case and without the trailing dot: the name under which the cluster's DNS
 * knows a Service.
 *
 * Source: Kubernetes DNS-Based Service Discovery, section 2.3.1.
 */
export function serviceDomainName(
  { metadata }: Service,
  { clusterDomain }: Pick<ServiceContext, 'clusterDomain'>,
): string {
  return `${metadata.name}.${metadata.namespace ?? 'default'}.svc.${clusterDomain}`.toLowerCase();
}
