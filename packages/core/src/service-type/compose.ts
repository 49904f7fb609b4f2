import type { DNSRecord } from '../dns/record.ts';
import type { EndpointSet } from '../endpoint-set/endpoint-set.ts';
import type { FieldError } from '../field-error/field-error.ts';
import type { Service } from '../resources/service.ts';
import type { Claim, Grants } from './allocation.ts';
import { applyCommonDefaults } from './common-defaults.ts';
import type {
  EndpointSources,
  Frontend,
  Refusal,
  ServiceContext,
  ServiceType,
} from './service-type.ts';

/** A Service type together with all that it builds on. Its functions take Services of this type. */
export interface ComposedServiceType {
  readonly type: string;
  /** What it is made of, base first; the type itself is last. */
  readonly chain: readonly ServiceType[];
  /** Whether the type, or one that it builds on, wants a load balancer. */
  readonly wantsLoadBalancer: boolean;
  /** The defaults common to all types, and then the chain's. */
  readonly applyDefaults: (service: Service) => Service;
  /** The chain's faults, and then those that the other types find in a Service which is none of theirs. */
  readonly validate: (service: Service) => readonly FieldError[];
  readonly claims: (service: Service) => readonly Claim[];
  readonly grant: (service: Service, grants: Grants) => Service;
  readonly frontends: (service: Service, context: ServiceContext) => readonly Frontend[];
  readonly endpoints: (
    service: Service,
    sources: EndpointSources,
    context: ServiceContext,
  ) => readonly EndpointSet[] | Refusal;
  readonly dnsRecords: (
    service: Service,
    endpointSets: readonly EndpointSet[],
    context: ServiceContext,
  ) => readonly DNSRecord[];
}

/** Composes a chain of types, base first and at least one, among all the types there are. */
export function composeServiceType(
  chain: readonly ServiceType[],
  all: readonly ServiceType[],
): ComposedServiceType {
  const others = all.filter((each) => !chain.includes(each));
  const decidesEndpoints = chain.findLast((each) => each.endpoints)?.endpoints;
  return {
    type: chain.at(-1)?.type ?? '',
    chain,
    wantsLoadBalancer: chain.some((each) => each.wantsLoadBalancer === true),
    applyDefaults: (service) =>
      chain.reduce(
        (filled, each) => each.applyDefaults?.(filled) ?? filled,
        applyCommonDefaults(service),
      ),
    validate: (service) => [
      ...chain.flatMap((each) => each.validate?.(service) ?? []),
      ...others.flatMap((each) => each.validateOthers?.(service) ?? []),
    ],
    claims: (service) =>
      chain.reduce<readonly Claim[]>(
        (inherited, each) => each.claims?.(service, inherited) ?? inherited,
        [],
      ),
    grant: (service, grants) =>
      chain.reduce((granted, each) => each.grant?.(granted, grants) ?? granted, service),
    frontends: (service, context) =>
      chain.flatMap((each) => each.frontends?.(service, context) ?? []),
    endpoints: (service, sources, context) =>
      decidesEndpoints?.(service, sources, context) ?? sources.discovered(),
    dnsRecords: (service, endpointSets, context) =>
      chain.flatMap((each) => each.dnsRecords?.(service, endpointSets, context) ?? []),
  };
}
