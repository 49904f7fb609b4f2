import dns from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

import { AddressNotAllowedError, isPublicAddress } from '@portolan/proxy';

export interface NameOptions {
  /**
   * Whether an endpoint that is a domain name may be reached at this IP address. By default only at public ones: who can
   * name an endpoint, and whoever runs the zone of that name, chooses where it leads.
   */
  readonly isAllowed?: (address: string) => boolean;
  /** Names that may lead to any address. */
  readonly allowPrivate?: readonly string[];
  /** Resolves names; `dns.lookup` by default. */
  readonly lookup?: LookupFunction;
}

/** Looks at the very addresses that are connected to, so that a zone that changes its mind gains nothing by it. */
export interface GuardedLookup {
  /** What is wrong with a host before anybody is asked: it is an IP literal that is not allowed. */
  readonly refuse: (host: string) => AddressNotAllowedError | undefined;
  /** Resolves a name. Fails with `AddressNotAllowedError` where one of its addresses is not allowed. */
  readonly lookup: LookupFunction;
}

export function guardedLookup(options: NameOptions = {}): GuardedLookup {
  const { isAllowed = isPublicAddress, lookup = dns.lookup } = options;
  const unguarded = new Set(options.allowPrivate?.map(plain));
  return {
    refuse: (host) =>
      isIP(host) === 0 || unguarded.has(host) || isAllowed(host)
        ? undefined
        : new AddressNotAllowedError(host, host),
    lookup: (name, asked, callback) => {
      if (unguarded.has(plain(name))) {
        lookup(name, asked, callback);
        return;
      }
      lookup(name, { ...asked, all: true }, (error, found) => {
        if (error !== null) {
          callback(error, []);
          return;
        }
        const all = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
        const refused = all.find(({ address }) => !isAllowed(address));
        const [first] = all;
        if (refused !== undefined) callback(new AddressNotAllowedError(name, refused.address), []);
        // `node:net` would end the process.
        else if (first === undefined) callback(new Error(`${name} has no address`), []);
        else if (asked.all === true) callback(null, all);
        else callback(null, first.address, first.family);
      });
    },
  };
}

/** A name in lower case and without the dot of the root. */
function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
