import { clusterIP } from '@portolan/cluster-ip';
import type { ServiceType } from '@portolan/core';
import { externalName } from '@portolan/external-name';
import { ingress, type IngressOptions } from '@portolan/ingress';
import { loadBalancer } from '@portolan/load-balancer';
import { nodePort } from '@portolan/node-port';
import type { RouteProvider } from '@portolan/routing';

/** What of the default plugins can be set. */
export interface PluginOptions {
  /** CIDRs that cluster IPs are allocated from, the primary family first. */
  readonly clusterIPRanges?: readonly string[];
  /** First and last node port; 30000–32767 by default. */
  readonly nodePortRange?: readonly [number, number];
  /** ExternalName targets that HTTP may be routed to: names, or `*.` and a name. None by default. */
  readonly externalNames?: readonly string[];
  /** Which Ingresses are ours; all by default. */
  readonly ingress?: IngressOptions;
}

/** The four Service types of Kubernetes. */
export function defaultServiceTypes(options: PluginOptions = {}): readonly ServiceType[] {
  return [
    clusterIP({ ranges: options.clusterIPRanges }),
    nodePort({ range: options.nodePortRange }),
    loadBalancer(),
    externalName({ allow: options.externalNames }),
  ];
}

/** Everything that routes are made of: Ingress. */
export function defaultRouteProviders(options: PluginOptions = {}): readonly RouteProvider[] {
  return [ingress(options.ingress)];
}
