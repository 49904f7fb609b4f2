import { objectKey, type Entrance, type Service, type ServicePort } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';
import { applicationProtocol, type Target } from '@portolan/proxy';

import { findingAt, type Said } from '../finding/at.ts';
import { isLoadBalanced } from '../load-balanced/load-balanced.ts';
import { whyNotHTTP } from '../port-protocol/port-protocol.ts';
import { routedPorts } from '../port-protocol/routed-ports.ts';
import type { Rule } from '../subject/subject.ts';

/** Ports at which clients knock, and whose protocol is not carried where it is to run. */
export const protocolsNotCarried: Rule = (subject) => {
  const { compiled, manifests, target } = subject;
  const entrances = entrancesOf(compiled.snapshot);
  const isRouted = routedPorts(subject);
  return compiled.services.flatMap((service) => {
    const manifest = manifests.find('Service', objectKey(service));
    if (manifest === undefined) return [];
    return (service.spec.ports ?? []).flatMap((port, index) => {
      const isOutside = isLoadBalanced(service) || entrances(service, port, 'external');
      // A headless Service and an alias have only names: clients call the endpoints themselves.
      if (!isOutside && !entrances(service, port, 'internal')) return [];
      const field = `spec.ports[${index}]`;
      const { protocol = 'TCP' } = port;
      if (protocol !== 'TCP') {
        const said = notCarried(protocol, port.port, isOutside, target);
        return said ? findingAt(manifest, `${field}.protocol`, 'ProtocolNotCarried', said) : [];
      }
      if (target !== 'workers' || !isOutside || isRouted(service, port.port)) return [];
      // Who can't be reached over HTTP/2 without TLS is told by the dialers.
      if (applicationProtocol(port.appProtocol) === 'h2c') return [];
      const reason = whyNotHTTP(port);
      if (reason === undefined) return [];
      return findingAt(manifest, field, 'ProtocolNotCarried', {
        severity: 'notice',
        message: `a Worker listens for HTTP only, and ${reason}`,
        ...(!port.appProtocol && { remedy: 'where it does, say so by appProtocol: http' }),
      });
    });
  });
};

function notCarried(
  protocol: 'SCTP' | 'UDP',
  port: number,
  isOutside: boolean,
  target: Target | undefined,
): Said | undefined {
  if (protocol === 'SCTP') {
    return { message: `nothing listens at SCTP port ${port}: no runtime here speaks SCTP` };
  }
  if (target !== 'workers') return undefined;
  return {
    severity: isOutside ? 'warning' : 'notice',
    message: `nothing listens at UDP port ${port}: a Worker listens for HTTP only`,
    remedy: 'a host carries UDP: portolan serve',
  };
}

type HasEntrance = (service: Service, port: ServicePort, entrance: Entrance) => boolean;

function entrancesOf({ frontends }: Snapshot): HasEntrance {
  const known = new Set(
    Object.entries(frontends).map(([key, { service, portName }]) => {
      const [entrance, protocol] = key.split(' ');
      return `${entrance} ${protocol} ${service} ${portName}`;
    }),
  );
  return (service, { name = '', protocol = 'TCP' }, entrance) =>
    known.has(`${entrance} ${protocol} ${objectKey(service)} ${name}`);
}
