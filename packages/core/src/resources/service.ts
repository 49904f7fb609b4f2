import type { KubernetesObject } from './meta.ts';

/** Transport protocol of a port. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';
/** An IP family, as `spec.ipFamilies` spells it. */
export type IPFamily = 'IPv4' | 'IPv6';
/** `Cluster`: every eligible endpoint; `Local`: only those on the node that received the traffic. */
export type TrafficPolicy = 'Cluster' | 'Local';
/** `PreferClose` is the older name of `PreferSameZone`. */
export type TrafficDistribution = 'PreferClose' | 'PreferSameZone' | 'PreferSameNode';

/** One port of a Service. */
export interface ServicePort {
  /** A DNS label; required, and unique, where a Service has several ports. */
  readonly name?: string;
  /** Defaults to `TCP`. */
  readonly protocol?: Protocol;
  readonly appProtocol?: string;
  /** 1–65535, the port clients use. */
  readonly port: number;
  /** A port number, or the name of a container port that each Pod resolves for itself. Defaults to `port`. */
  readonly targetPort?: number | string;
  /** The port on every node, for types that open one. */
  readonly nodePort?: number;
}

/** One address that a load balancer provider truly gave. */
export interface LoadBalancerIngress {
  readonly ip?: string;
  readonly hostname?: string;
  /** `VIP`: the packet arrives with the balancer's address; `Proxy`: with the node's. */
  readonly ipMode?: 'VIP' | 'Proxy';
  readonly ports?: readonly {
    readonly port: number;
    readonly protocol: Protocol;
    readonly error?: string;
  }[];
}

/** `spec` of a Service. Source: Kubernetes API reference, ServiceSpec v1 core. */
export interface ServiceSpec {
  /** Names the plugin that gives the Service its meaning. Defaults to `ClusterIP`. */
  readonly type?: string;
  /** Absent or empty: the Service has no selector and its endpoints are given by hand. */
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePort[];
  /** `None` makes the Service headless. */
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ipFamilies?: readonly IPFamily[];
  readonly ipFamilyPolicy?: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';
  readonly externalIPs?: readonly string[];
  readonly externalName?: string;
  readonly externalTrafficPolicy?: TrafficPolicy;
  readonly internalTrafficPolicy?: TrafficPolicy;
  readonly trafficDistribution?: TrafficDistribution;
  readonly healthCheckNodePort?: number;
  readonly publishNotReadyAddresses?: boolean;
  readonly sessionAffinity?: 'None' | 'ClientIP';
  /** Seconds, 1–86400; 10800 by default. */
  readonly sessionAffinityConfig?: { readonly clientIP?: { readonly timeoutSeconds?: number } };
  readonly loadBalancerIP?: string;
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly loadBalancerClass?: string;
  readonly allocateLoadBalancerNodePorts?: boolean;
}

/** A stable address in front of a changing set of Pods. */
export interface Service extends KubernetesObject<'v1', 'Service'> {
  readonly spec: ServiceSpec;
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly LoadBalancerIngress[] };
    readonly conditions?: readonly unknown[];
  };
}

/** Whether a Service selects its Pods. One whose `spec.selector` is absent or empty has its endpoints given by hand. */
export function hasSelector({ spec }: Service): boolean {
  return Object.keys(spec.selector ?? {}).length > 0;
}

/** The annotation that asks for topology aware routing: `Auto` or `Disabled`. */
export const TOPOLOGY_MODE_ANNOTATION = 'service.kubernetes.io/topology-mode';
/** Its older name, which is heeded first where both are given. */
export const TOPOLOGY_AWARE_HINTS_ANNOTATION = 'service.kubernetes.io/topology-aware-hints';
