import type { DNSRecord } from '../dns/record.ts';
import type { EndpointSet } from '../endpoint-set/endpoint-set.ts';
import type { FieldError } from '../field-error/field-error.ts';
import type { Node } from '../resources/node.ts';
import type { Protocol, Service, TrafficPolicy } from '../resources/service.ts';
import type { Claim, Grants, Pool } from './allocation.ts';

/** From which side a client comes. */
export type Entrance = 'external' | 'internal';

/** In place of a frontend's host: each address of each node. */
export const EVERY_NODE = '*';

/** An address at which a client may knock for one port of a Service. */
export interface Frontend {
  readonly entrance: Entrance;
  /**
   * An IP literal in canonical form, a DNS name in lower case without the trailing dot, or `EVERY_NODE`: then addresses of
   * an IP family that the Service has not don't count.
   */
  readonly host: string;
  /** 1–65535. */
  readonly port: number;
  readonly protocol: Protocol;
  /** The name of the Service port that answers; empty for an unnamed one. */
  readonly portName: string;
  /**
   * With `Local` only endpoints on one node answer: on the one whose address was knocked at where `host` is `EVERY_NODE`,
   * else on the client's own.
   */
  readonly trafficPolicy: TrafficPolicy;
  /** The provider in front already picks a node that has endpoints, so with `Local` all of them may answer. */
  readonly anyNode?: true;
  /** CIDRs that a client's address must be in; absent: anyone. */
  readonly sourceRanges?: readonly string[];
}

/** What a plugin may know when it says where clients may knock, who may answer and which names there are. */
export interface ServiceContext {
  /** Sorted by name. */
  readonly nodes: readonly Node[];
  /** `cluster.local`, unless configured otherwise. */
  readonly clusterDomain: string;
}

/** Why a Service has nobody to answer, apart from having no ready endpoint. */
export interface Refusal {
  readonly refused: string;
  readonly message: string;
}

/** What a plugin may know when it says who may answer. */
export interface EndpointSources {
  /** Computed from Pods and from given EndpointSlices and Endpoints, as the EndpointSlice controller would. */
  readonly discovered: () => readonly EndpointSet[];
}

/**
 * What one value of `spec.type` means, as data and pure functions.
 *
 * A type may build on another by name: the base's part is done first and its results are kept, so `LoadBalancer`
 * gets the cluster IP from `ClusterIP` and the node ports from `NodePort` without importing either.
 */
export interface ServiceType {
  /** The value of `spec.type`. */
  readonly type: string;
  /** The `type` of the plugin whose behaviour this one adds to. */
  readonly buildsOn?: string;
  /** Whether a provider of load balancers gives addresses to Services of this type, and of those that build on it. */
  readonly wantsLoadBalancer?: true;
  /** The pools that this type brings. Types that build on it, and others, may claim from them too. */
  readonly pools?: readonly Pool[];
  /** Fields filled in where the manifest leaves them out. Called base first. Doing it twice changes nothing. */
  readonly applyDefaults?: (service: Service) => Service;
  /** Faults of the fields that are particular to this type. Called with the defaults applied; base first. */
  readonly validate?: (service: Service) => readonly FieldError[];
  /** Faults of a Service that is neither of this type nor of one that builds on it: fields that only those may use. */
  readonly validateOthers?: (service: Service) => readonly FieldError[];
  /** What is to be allocated for the Service, given what the base asks for; by default just that. */
  readonly claims?: (service: Service, inherited: readonly Claim[]) => readonly Claim[];
  /** The Service with what was granted for this type's own claims written into it. Called base first. */
  readonly grant?: (service: Service, grants: Grants) => Service;
  /** Where a client may knock, in addition to the base's frontends. */
  readonly frontends?: (service: Service, context: ServiceContext) => readonly Frontend[];
  /** Who may answer. The most derived plugin that defines it decides; by default what was discovered. */
  readonly endpoints?: (
    service: Service,
    sources: EndpointSources,
    context: ServiceContext,
  ) => readonly EndpointSet[] | Refusal;
  /** DNS records, in addition to the base's. */
  readonly dnsRecords?: (
    service: Service,
    endpointSets: readonly EndpointSet[],
    context: ServiceContext,
  ) => readonly DNSRecord[];
}
