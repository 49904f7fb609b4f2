import { queryParam } from '@portolan/core';

import { cookieValue } from './cookie-value.ts';
import type { HashKey } from './hash-key.ts';

/** What hashing reads of a request. */
export interface HashFacts {
  /** Absent where the platform doesn't tell. */
  readonly clientAddress?: string;
  /** Any `Headers`, or whatever else answers for a name in lower case with the joined value. */
  readonly headers: { readonly get: (name: string) => string | null };
  /** Without the leading `?`; `''` where there is none. */
  readonly query: string;
}

/** The text that a request is hashed by; `undefined` where it has none, or an empty one. */
export function hashKeyOf(key: HashKey, facts: HashFacts): string | undefined {
  return valueOf(key, facts) || undefined;
}

function valueOf(key: HashKey, { clientAddress, headers, query }: HashFacts): string | undefined {
  switch (key.type) {
    case 'ClientAddress':
      return clientAddress;
    case 'Cookie':
      return cookieValue(headers.get('cookie') ?? '', key.name);
    case 'Header':
      return headers.get(key.name) ?? undefined;
    case 'QueryParam':
      return queryParam(query, key.name);
  }
}
