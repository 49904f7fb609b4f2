import type { Compiled } from '@portolan/compile';
import { objectKey, type Endpoint, type ObjectKey, type ObjectReference } from '@portolan/core';

import type { OwnerOf } from '../owner/owner.ts';
import { addressesId, externalNameId, podsId } from './ids.ts';

/** What an endpoint is drawn as a part of. */
export type Place = { readonly id: string; readonly namespace: string } & (
  | { readonly kind: 'Addresses'; readonly service: string }
  | { readonly kind: 'ExternalName'; readonly host: string }
  | { readonly kind: 'Pods'; readonly owner: ObjectReference }
);

/** The names that Services are aliases of, by the Service. */
export type Aliases = ReadonlyMap<ObjectKey, string>;

/** Read from DNS, so that nobody here needs to know which Service types make them. */
export function aliasesOf({ services, dnsRecords }: Compiled): Aliases {
  const targets = new Map<string, string>();
  for (const record of dnsRecords) {
    if (record.type !== 'CNAME') continue;
    const [name, namespace] = record.name.split('.', 2);
    targets.set(`${namespace}/${name}`, record.target);
  }
  return new Map(
    services.flatMap((service) => {
      const key = objectKey(service);
      const target = targets.get(key.toLowerCase());
      return target === undefined ? [] : [[key, target] as const];
    }),
  );
}

/** Where an endpoint of a Service is drawn. */
export function placeOf(
  key: ObjectKey,
  { target, address }: Endpoint,
  aliases: Aliases,
  ownerOf: OwnerOf,
): Place {
  const [namespace = '', service = ''] = key.split('/');
  if (target?.kind === 'Pod') {
    const owner = ownerOf(`${target.namespace}/${target.name}`);
    return { kind: 'Pods', id: podsId(owner), namespace, owner };
  }
  const host = aliases.get(key);
  return host !== undefined && host === address
    ? aliasPlace(namespace, host)
    : { kind: 'Addresses', id: addressesId(key), namespace, service };
}

/** Where the name is drawn that a Service is an alias of. */
export function aliasPlace(namespace: string, host: string): Place {
  return { kind: 'ExternalName', id: externalNameId(namespace, host), namespace, host };
}
