import { serviceDomainName } from '@portolan/core';
import type {
  DNSRecord,
  EndpointSet,
  Refusal,
  Service,
  ServiceContext,
  ServiceType,
} from '@portolan/core';

import { allowList, normalize } from '../allow-list/allow-list.ts';
import type { AllowList } from '../allow-list/allow-list.ts';
import { validateExternalName } from './validate.ts';

export interface ExternalNameOptions {
  /**
   * The domain names that requests may be sent to: exact ones, and `*.example.com` for names with exactly one more label.
   * None by default. See `allowList` for names that are never dialled, and for private ones that no wildcard covers.
   */
  readonly allow?: readonly string[];
}

/**
 * The ExternalName Service type: an alias in DNS, and nothing that could be knocked at.
 *
 * HTTP routing to one is refused (`ExternalNameNotAllowed`), since whoever may write a Service could otherwise make us send
 * requests anywhere; unless the operator allows the name. Then it's the one endpoint, always ready, of each Service port, at
 * that port's own number: a `targetPort` has no Pod to mean anything in. A Service without ports has no endpoint set either, so
 * that a backend that names a port finds none.
 *
 * @throws {TypeError} for an entry of `allow` that is no domain name, or one that can never be allowed.
 *
 * Source: Kubernetes, Service, `type: ExternalName`.
 */
export function externalName({ allow = [] }: ExternalNameOptions = {}): ServiceType {
  const isAllowed = allowList(allow);
  return {
    type: 'ExternalName',
    validate: validateExternalName,
    endpoints: (service, _sources, context) => endpoints(service, context, isAllowed),
    dnsRecords: (service, _endpointSets, context) => [alias(service, context)],
  };
}

function endpoints(
  service: Service,
  { clusterDomain }: ServiceContext,
  isAllowed: AllowList,
): readonly EndpointSet[] | Refusal {
  const address = normalize(service.spec.externalName ?? '');
  if (!isAllowed(address, normalize(clusterDomain))) {
    return {
      refused: 'ExternalNameNotAllowed',
      message: `requests to ${address} are not allowed; the operator can list it in the options of the ExternalName type`,
    };
  }
  return (service.spec.ports ?? []).map(({ name = '', protocol = 'TCP', appProtocol, port }) => ({
    portName: name,
    protocol,
    ...(appProtocol !== undefined && { appProtocol }),
    endpoints: [
      { address, addressType: 'FQDN', port, ready: true, serving: true, terminating: false },
    ],
  }));
}

/** Source: Kubernetes DNS-Based Service Discovery 1.1.0, section 2.5. */
function alias(service: Service, context: ServiceContext): DNSRecord {
  const target = normalize(service.spec.externalName ?? '');
  return { type: 'CNAME', name: serviceDomainName(service, context), target };
}
