import { promises as dns } from 'node:dns';

import { authority, type Endpoint } from '@portolan/core';
import { AddressNotAllowedError, isPublicAddress, nameGuard } from '@portolan/proxy';

import type { SocketAddress } from '../address/socket-address.ts';

const { refuse } = nameGuard([], undefined);

/**
 * Where an endpoint in truth listens. One that is a name is looked up here, and the very address that was looked at is given:
 * as with requests, only a public one, since whoever runs the zone of the name chooses where it leads. What an override says is
 * not looked at.
 *
 * @param overrides `address:port` → `address:port`, IPv6 in brackets.
 * @throws AddressNotAllowedError where a name leads to an address that is not public, and what the lookup rejects with.
 */
export async function endpointAddress(
  { address, addressType, port }: Endpoint,
  overrides: Readonly<Record<string, string>>,
): Promise<SocketAddress> {
  const own = authority(address, port);
  if (Object.hasOwn(overrides, own)) return read(overrides[own] ?? '');
  if (addressType !== 'FQDN') return { address, port };
  const refused = refuse(address);
  if (refused !== undefined) throw refused;
  const found = await dns.lookup(address, { all: true });
  const inside = found.find((each) => !isPublicAddress(each.address));
  if (inside !== undefined) throw new AddressNotAllowedError(address, inside.address);
  const [first] = found;
  if (first === undefined) throw new Error(`${address} has no address`);
  return { address: first.address, port };
}

function read(override: string): SocketAddress {
  const [, address, port] = /^\[?(.*?)\]?:(\d+)$/.exec(override) ?? [];
  if (address === undefined) throw new RangeError(`${override} is no address and port`);
  return { address, port: Number(port) };
}
