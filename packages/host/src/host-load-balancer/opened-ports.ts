import type { LoadBalancerIngress, Service } from '@portolan/core';

import type { ClaimFault } from './host-load-balancer.ts';

/** What became of the ports of a Service at one address. */
export interface OpenedPorts {
  readonly isAnyOpen: boolean;
  /** Kubernetes API reference, PortStatus v1 core: all ports, where one has an error. */
  readonly ports?: LoadBalancerIngress['ports'];
  /** For people; absent where all are open. */
  readonly message?: string;
}

/** @param faults Of the ports that were claimed; SCTP ports never are. */
export function openedPorts(service: Service, faults: readonly ClaimFault[]): OpenedPorts {
  const ports = (service.spec.ports ?? []).map(({ port, protocol = 'TCP' }) => {
    if (protocol === 'SCTP') {
      return { port, protocol, error: 'ProtocolNotSupported', why: 'SCTP is not served' };
    }
    const fault = faults.find((each) => each.port === port && each.protocol === protocol);
    if (fault === undefined) return { port, protocol };
    return { port, protocol, error: 'PortUnavailable', why: fault.message };
  });
  const failed = ports.flatMap(({ port, protocol, why }) =>
    why === undefined ? [] : [`${protocol} ${port}: ${why}`],
  );
  return {
    isAnyOpen: failed.length < ports.length,
    ...(failed.length > 0 && {
      ports: ports.map(({ port, protocol, error }) => ({
        port,
        protocol,
        ...(error !== undefined && { error }),
      })),
      message: failed.join(', '),
    }),
  };
}
