import type { ObjectReference, Protocol } from '@portolan/core';
import type { PathMatch } from '@portolan/routing';

/**
 * How a part of the drawing fares.
 *
 * - `ready`: requests are answered.
 * - `partlyReady`: some of those behind it aren't ready.
 * - `notReady`: nobody answers.
 * - `refused`: the Service's type answers no requests, such as an ExternalName that isn't allowed.
 * - `missing`: something refers to it, and it doesn't exist.
 * - `shadowed`: a rule that is never asked, since another takes all of its requests.
 */
export type GraphStatus = 'ready' | 'partlyReady' | 'notReady' | 'refused' | 'missing' | 'shadowed';

interface Drawn {
  readonly status: GraphStatus;
  /** Why, for people, where the status isn't `ready`. */
  readonly reason?: string;
  /** It is on the way of the request that was asked about. */
  readonly lit?: true;
}

interface Node extends Drawn {
  /** Follows from what it stands for alone, and stays when other objects come or go. */
  readonly id: string;
  /** Empty for what is in none. */
  readonly namespace: string;
}

/** A rule of an Ingress, by host and path; or its default backend, which has neither. */
export interface RuleNode extends Node {
  readonly kind: 'Rule';
  /** The object that it is a rule of. */
  readonly source: ObjectReference;
  /** `spec.rules[0].http.paths[1]` */
  readonly field: string;
  /** Absent: every host. */
  readonly host?: string;
  /** As the rule writes it; absent, like its type, for a default backend. */
  readonly path?: string;
  readonly pathType?: PathMatch['type'];
  /** What else a request must have, for people: `method GET`, `header x-canary`. */
  readonly conditions: readonly string[];
  /** The status of the redirect that answers instead of a backend. */
  readonly redirect?: number;
}

/** Where clients outside may knock for a Service itself: a node port, a load balancer's address or an external IP. */
export interface FrontendNode extends Node {
  readonly kind: 'Frontend';
  /** `*` for every address of every node. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** The name of the Service. */
  readonly service: string;
  /** CIDRs that clients must come from; absent: anyone. */
  readonly sourceRanges?: readonly string[];
}

export interface ServiceNode extends Node {
  readonly kind: 'Service';
  readonly name: string;
  /** As `spec.type` has it; absent where the Service is missing. */
  readonly type?: string;
  readonly ports: readonly GraphPort[];
}

/** A port of a Service, and ports that a rule asks for and the Service has not. */
export interface GraphPort extends Drawn {
  /** Among the ports of the Service: `TCP 80`, or `missing http`. */
  readonly id: string;
  /** Empty for an unnamed one. */
  readonly name: string;
  /** Absent where a missing port is asked for by name. */
  readonly port?: number;
  readonly protocol?: Protocol;
  /** The ports of the Pods that it leads to; ascending. */
  readonly targetPorts: readonly number[];
}

/** The Pods of one workload, or a Pod that belongs to none. Pods that no Service leads to are not drawn. */
export interface PodsNode extends Node {
  readonly kind: 'Pods';
  /** A Deployment, StatefulSet … or the Pod itself. */
  readonly owner: ObjectReference;
  readonly pods: number;
  readonly ready: number;
  /** How many of them the manifests only announce: their names and addresses in the plan aren't a cluster's. */
  readonly standIns: number;
}

/** Endpoints that are no Pods: given by hand, or what an allowed ExternalName stands for. */
export interface AddressesNode extends Node {
  readonly kind: 'Addresses';
  /** The name of the Service. */
  readonly service: string;
  /** Without ports; sorted. */
  readonly addresses: readonly { readonly address: string; readonly ready: boolean }[];
}

/** The name that an ExternalName Service is an alias of. */
export interface ExternalNameNode extends Node {
  readonly kind: 'ExternalName';
  readonly host: string;
}

/** A backend that is no Service, and that nothing serves. */
export interface ResourceNode extends Node {
  readonly kind: 'Resource';
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: ObjectReference;
}

export type GraphNode =
  | AddressesNode
  | ExternalNameNode
  | FrontendNode
  | PodsNode
  | ResourceNode
  | RuleNode
  | ServiceNode;

/** From a rule or a frontend to a Service, or from a Service to those who answer for it. */
export interface GraphEdge extends Drawn {
  readonly id: string;
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  /** The port of the Service, at whichever end it is, by its id; absent where it is about no port. */
  readonly port?: string;
  /** For people: `http 80`, `80 → 8080`. */
  readonly label: string;
}

/** Ingress, Services and Pods, as plain JSON: the same for equal manifests in any order. */
export interface Graph {
  /** Sorted by id. */
  readonly nodes: readonly GraphNode[];
  /** Sorted by id. */
  readonly edges: readonly GraphEdge[];
}
