import type { Endpoint, ObjectKey } from '@portolan/core';
import { dialWith, type Dialer, type NotReached, type Reached } from '@portolan/proxy';

import type { KnockedAt } from './knocked-at.ts';

/** How the endpoints of a port fare with the dialers. */
export interface Asked {
  readonly reached: readonly Reached[];
  /** Without any invented address. */
  readonly reasons: NotReached['reasons'];
}

/** In place of the addresses of Pods that have none yet. */
const POD_IP = { IPv4: '10.244.0.1', IPv6: 'fd00:10:244::1' } as const;

/** Asks for each endpoint, but only once for all stand-ins at one port. */
export function ask(
  { service, port }: KnockedAt,
  dialers: readonly Dialer[],
  standIns: ReadonlySet<ObjectKey>,
): Asked {
  const reached: Reached[] = [];
  const reasons: NotReached['reasons'][number][] = [];
  const decided = {
    namespace: service.namespace,
    name: service.name,
    port: port.port,
    portName: port.name,
    ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
  };
  const seen = new Set<string>();
  for (const endpoint of port.endpoints) {
    const placeholder = isStandIn(endpoint, standIns) ? placeholderOf(endpoint) : undefined;
    const address = placeholder ?? endpoint.address;
    const key = `${address} ${endpoint.port}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const dialled = dialWith(dialers, { endpoint: { ...endpoint, address }, service: decided });
    if ('by' in dialled) reached.push(dialled);
    else if (placeholder === undefined) reasons.push(...dialled.reasons);
    else reasons.push(...withoutPlaceholder(dialled, placeholder));
  }
  return { reached, reasons };
}

function isStandIn({ target }: Endpoint, standIns: ReadonlySet<ObjectKey>): boolean {
  return target?.kind === 'Pod' && standIns.has(`${target.namespace}/${target.name}`);
}

function placeholderOf({ addressType }: Endpoint): string | undefined {
  return addressType === 'FQDN' ? undefined : POD_IP[addressType];
}

/** A dialer that is limited to certain addresses may well reach the Pod once it has one. */
function withoutPlaceholder({ reasons }: NotReached, placeholder: string): NotReached['reasons'] {
  if (reasons.some(({ unreachable }) => unreachable === 'AddressNotAllowed')) return [];
  return reasons.map(({ message, ...reason }) => ({
    ...reason,
    message: message.replaceAll(placeholder, 'a Pod IP'),
  }));
}
