import { authority, type Entrance } from '@portolan/core';
import type { RequestFacts } from '@portolan/engine';

import type { Witness } from '../diff/diff-result.ts';

/** A request that is put to both sides. */
export interface Probe {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** As `normalizeHost` gives it: IPv6 addresses without brackets. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly query: string;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly entrance: Entrance;
  readonly clientAddress?: string;
  readonly node?: string;
  readonly zone?: string;
}

export const WELL_KNOWN_PORT = { http: 80, https: 443 } as const;

export function factsOf(probe: Probe): RequestFacts {
  const { headers, host } = probe;
  return {
    ...probe,
    host: authority(host),
    headers: { get: (name) => (Object.hasOwn(headers, name) ? (headers[name] ?? null) : null) },
  };
}

export function witnessOf(probe: Probe): Witness {
  const { method, scheme, host, port, path, query, headers, entrance } = probe;
  const { clientAddress: from, node, zone } = probe;
  const at = authority(host, port === WELL_KNOWN_PORT[scheme] ? undefined : port);
  return {
    method,
    url: `${scheme}://${at}${path}${query === '' ? '' : `?${query}`}`,
    headers,
    entrance,
    ...(from !== undefined && { from }),
    ...(node !== undefined && { node }),
    ...(zone !== undefined && { zone }),
  };
}
