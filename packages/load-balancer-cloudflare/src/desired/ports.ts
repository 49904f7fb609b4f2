import { hasSelector } from '@portolan/core';
import type { Service, ServicePort } from '@portolan/core';

import type { Desired } from './desired-state.ts';
import type { Refusal } from './refusal.ts';

/**
 * The ports at which Cloudflare answers for a proxied name.
 *
 * Source: Cloudflare Fundamentals, Network ports.
 */
const HTTP_PORTS = [80, 8080, 8880, 2052, 2082, 2086, 2095];
const HTTPS_PORTS = [443, 2053, 2083, 2087, 2096, 8443];
const PROXIED_PORTS: ReadonlySet<number> = new Set([...HTTP_PORTS, ...HTTPS_PORTS]);

export interface ChosenPort extends Pick<Desired, 'ports' | 'shortfalls'> {
  /** The Service port that the load balancer serves. */
  readonly port: number;
  readonly nodePort: number;
}

/**
 * A load balancer of Cloudflare's sends all that comes for its name to one pool, at whichever port it came in: there is no
 * condition on the port in its rules. So the first port of a Service that can be served is, and with it those that lead to
 * the same port of the same Pods.
 */
export function choosePort(service: Service): ChosenPort | Refusal {
  const ports = service.spec.ports ?? [];
  const chosen = ports.find((port) => shortfallOf(port) === undefined);
  const reported = ports.map((port) => ({
    port,
    shortfall:
      shortfallOf(port) ??
      (chosen !== undefined && !leadsAsMuch(service, chosen, port)
        ? {
            reason: 'OtherNodePort',
            message: `Port ${port.port}: one host name leads to one node port, and port ${chosen.port} has it.`,
          }
        : undefined),
  }));
  const shortfalls = reported.flatMap(({ shortfall }) => shortfall ?? []);
  if (chosen?.nodePort === undefined) {
    const [first] = shortfalls;
    return {
      reason: first?.reason ?? 'NoPort',
      message: shortfalls.map(({ message }) => message).join(' ') || 'The Service has no port.',
    };
  }
  return {
    port: chosen.port,
    nodePort: chosen.nodePort,
    ports: reported.map(({ port: { port, protocol = 'TCP' }, shortfall }) => ({
      port,
      protocol,
      ...(shortfall !== undefined && { error: `portolan.dev/${shortfall.reason}` }),
    })),
    shortfalls,
  };
}

function shortfallOf({ port, protocol = 'TCP', nodePort }: ServicePort): Refusal | undefined {
  if (protocol !== 'TCP') {
    return {
      reason: 'ProtocolNotSupported',
      message: `Port ${port}: Cloudflare Load Balancing carries no ${protocol}; Spectrum is another product.`,
    };
  }
  if (!PROXIED_PORTS.has(port)) {
    return {
      reason: 'PortNotSupported',
      message: `Port ${port}: Cloudflare proxies ${[...PROXIED_PORTS].toSorted((a, b) => a - b).join(', ')} only.`,
    };
  }
  if (nodePort === undefined) {
    return {
      reason: 'NodePortMissing',
      message: `Port ${port} has no node port (allocateLoadBalancerNodePorts), and Cloudflare reaches Pods by nothing else.`,
    };
  }
  return undefined;
}

/** Endpoints given by hand are found by the name of the port, so no two of those are known to be the same. */
function leadsAsMuch(service: Service, one: ServicePort, other: ServicePort): boolean {
  if (one === other) return true;
  return hasSelector(service) && (one.targetPort ?? one.port) === (other.targetPort ?? other.port);
}
