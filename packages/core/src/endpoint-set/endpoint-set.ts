import type { AddressType } from '../resources/endpoints.ts';
import type { ObjectReference } from '../resources/meta.ts';
import type { Protocol } from '../resources/service.ts';

/** One place that can answer for one port of a Service. */
export interface Endpoint {
  readonly address: string;
  readonly addressType: AddressType;
  /** The port to dial: with a named target port it may differ from Pod to Pod. 0, for none, where the Service has no ports. */
  readonly port: number;
  /** May be used: serving and not terminating, or `publishNotReadyAddresses`. */
  readonly ready: boolean;
  /** Would be ready if it were not terminating. */
  readonly serving: boolean;
  readonly terminating: boolean;
  /** Its share of the requests, against the other endpoints: a whole number from 0 to 1000; absent: 1. */
  readonly weight?: number;
  /** A name of its own under the Service's, for headless Services. */
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly zone?: string;
  /** Names of the zones, and of the nodes, that this endpoint is meant for. */
  readonly hints?: { readonly forZones?: readonly string[]; readonly forNodes?: readonly string[] };
  /** The Pod, or whatever else it stands for. */
  readonly target?: ObjectReference;
}

/**
 * Everything that can answer for one port of one Service: sorted by address type (IPv4, IPv6, FQDN), address, then port; no
 * address and port twice. A headless Service without ports has one set, nameless, which gives names in DNS and nothing to dial.
 */
export interface EndpointSet {
  /** The name of the Service port; empty for an unnamed one. */
  readonly portName: string;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
  readonly endpoints: readonly Endpoint[];
}
