import type {
  DNSRecord,
  EndpointSet,
  Entrance,
  Frontend,
  IPFamily,
  ObjectKey,
  Protocol,
  Refusal,
} from '@portolan/core';
import type { RouteTable } from '@portolan/routing';
import type { TrafficSettings } from '@portolan/settings';

/** A port of a Service, and everybody who can answer for it. */
export interface SnapshotPort {
  /** Empty for an unnamed port. */
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly appProtocol?: string;
  readonly endpoints: EndpointSet['endpoints'];
}

/** A Service as requests see it. */
export interface SnapshotService {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly SnapshotPort[];
  /** In the order of `spec.ipFamilies`: the first that has an eligible endpoint is used. */
  readonly ipFamilies: readonly IPFamily[];
  /** Clients keep to one endpoint, by their address. */
  readonly sessionAffinity?: 'ClientIP';
  /** What its annotations say. */
  readonly settings?: TrafficSettings;
  /** The port at which each node tells whether it has endpoints of this Service, for load balancers in front. */
  readonly healthCheckNodePort?: number;
  /** Its names in cluster DNS, those of its endpoints among them; absent: none. */
  readonly dnsRecords?: readonly DNSRecord[];
  /** Why nobody answers, where the Service's type says so. */
  readonly refusal?: Refusal;
}

/** A frontend, and the Service whose port it is. */
export interface SnapshotFrontend extends Pick<
  Frontend,
  'anyNode' | 'portName' | 'sourceRanges' | 'trafficPolicy'
> {
  readonly service: ObjectKey;
}

/** `external TCP 192.0.2.10:80`, or `external TCP *:30080` for every node; see `frontendKey`. */
export type FrontendKey = `${Entrance} ${Protocol} ${string}`;

/**
 * Services by `namespace/name`, each in the shard that `findService` looks in. There are as many shards as keep them small, so
 * that a Snapshot with another Service shares all but one shard with the one before.
 */
export type ServiceShards = readonly Readonly<Record<ObjectKey, SnapshotService>>[];

/** The format of the Snapshots that this engine builds and reads. It grows where one could be misread. */
export const SNAPSHOT_FORMAT = 4;

/**
 * Everything that deciding about requests needs, as plain JSON: immutable, structured-clone safe, the same for equal
 * input in any order, and fit to be compiled into a Worker's bundle.
 */
export interface Snapshot {
  readonly format: typeof SNAPSHOT_FORMAT;
  /** A hash of the content, 16 hexadecimal digits. */
  readonly version: string;
  /** The domain under which Services have their names: `cluster.local`. */
  readonly clusterDomain: string;
  readonly routes: RouteTable;
  /** What the annotations of the objects that routes are made of say, by `kind namespace/name`; those that say nothing left out. */
  readonly routeSettings: Readonly<Record<string, TrafficSettings>>;
  readonly services: ServiceShards;
  readonly frontends: Readonly<Record<FrontendKey, SnapshotFrontend>>;
  /** Every address of every node, with the node's name: where the frontends of `EVERY_NODE` are knocked at. */
  readonly nodeAddresses: Readonly<Record<string, string>>;
}

/** The key under which a Snapshot keeps a frontend. IPv6 addresses need no brackets here. */
export function frontendKey(
  frontend: Pick<Frontend, 'entrance' | 'host' | 'port' | 'protocol'>,
): FrontendKey {
  return `${frontend.entrance} ${frontend.protocol} ${frontend.host}:${frontend.port}`;
}
