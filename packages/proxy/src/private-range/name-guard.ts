import { parseIP } from '@portolan/core';

import { isPublicAddress } from './public-address.ts';

/** Finds all addresses of a name. Rejects where there is none. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

/** A name that was to be called leads to an address that is not public. Nothing was sent to it. */
export class AddressNotAllowedError extends Error {
  override readonly name = 'AddressNotAllowedError';

  constructor(host: string, address: string) {
    super(
      host === address
        ? `${address} is not a public address`
        : `${host} leads to ${address}, which is not a public address`,
    );
  }
}

/**
 * Keeps endpoints that are domain names from leading into a private range. Everybody who can write an EndpointSlice or an
 * ExternalName, and everybody who runs the name's DNS zone, chooses where such an endpoint leads; Pods' addresses are the
 * cluster's own and are not looked at.
 */
export interface NameGuard {
  /** What is wrong with the name itself: it is an IP literal in some spelling, or always means this machine. */
  readonly refuse: (host: string) => AddressNotAllowedError | undefined;
  /**
   * @throws {AddressNotAllowedError} where one of its addresses is not public.
   */
  readonly check: (host: string) => Promise<void>;
}

/**
 * @param allowPrivate Names, in lower case, that may lead anywhere.
 * @param resolve Absent where the platform resolves names by itself and lets nobody see: on Workers, whose `fetch` reaches
 *   no private address.
 */
export function nameGuard(
  allowPrivate: readonly string[],
  resolve: ResolveName | undefined,
): NameGuard {
  const allowed = new Set(allowPrivate.map((name) => withoutDot(name.toLowerCase())));
  const refuse = (host: string): AddressNotAllowedError | undefined => {
    const name = withoutDot(host);
    if (allowed.has(name)) return undefined;
    const isLiteral = parseIP(host) !== undefined;
    const isLocal = name === 'localhost' || name.endsWith('.localhost');
    if (isLocal || (isLiteral && !isPublicAddress(host))) {
      return new AddressNotAllowedError(host, isLocal ? '127.0.0.1' : host);
    }
    return undefined;
  };
  return {
    refuse,
    check: async (host) => {
      const refused = refuse(host);
      if (refused !== undefined) throw refused;
      if (resolve === undefined || allowed.has(withoutDot(host)) || parseIP(host) !== undefined)
        return;
      const inside = (await resolve(host)).find((address) => !isPublicAddress(address));
      if (inside !== undefined) throw new AddressNotAllowedError(host, inside);
    },
  };
}

/** The same name whether it is written with the dot of the root or without: RFC 1034 section 3.1. */
function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
