import { normalizeHost } from '../host/host.ts';
import type { RouteTable } from '../table/table.ts';
import { EVERY_HOST, hostKey, hostKeys } from '../table/table.ts';

/** Hosts for which each table looks at the same rules. */
export interface HostClass {
  /** One of them. */
  readonly host: string;
  /** For each table which of its `hosts` is looked at; `undefined`: none. */
  readonly keys: readonly (string | undefined)[];
}

/** All of them, so that every host, and none at all, belongs to one. What can be no host of a request is left out. */
export function hostClasses(tables: readonly RouteTable[]): readonly HostClass[] {
  const written = new Set(tables.flatMap(({ hosts }) => hosts));
  const hosts: string[] = [];
  for (const host of written) {
    if (host === EVERY_HOST) continue;
    const one = host.startsWith('*.') ? freshHost(host.slice(2), written) : host;
    if (one !== undefined && normalizeHost(one) === one) hosts.push(one);
  }
  return [...hosts, unlistedHost(written)].map((host) => ({
    host,
    keys: tables.map((table) => hostKey(table, host)),
  }));
}

/** One more label in front of `parent`, so that it is none of `written`; `undefined` where there is no room for one. */
function freshHost(parent: string, written: ReadonlySet<string>): string | undefined {
  const readable = `any.${parent}`;
  if (!written.has(readable) && normalizeHost(readable) !== undefined) return readable;
  for (let number = 0; ; number++) {
    const host = `${label(number)}.${parent}`;
    if (normalizeHost(host) === undefined) return undefined;
    if (!written.has(host)) return host;
  }
}

const LABEL_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789_-';

/** All labels, shorter ones first. */
function label(number: number): string {
  let text = '';
  for (let rest = number; rest >= 0; rest = Math.floor(rest / LABEL_CHARACTERS.length) - 1) {
    text = LABEL_CHARACTERS.charAt(rest % LABEL_CHARACTERS.length) + text;
  }
  return text;
}

/** A host that no rule names, neither itself nor by a wildcard. The names are reserved for this (RFC 2606 §2, §3). */
function unlistedHost(written: ReadonlySet<string>): string {
  const isListed = (host: string): boolean =>
    hostKeys(host).some((key) => key !== EVERY_HOST && written.has(key));
  let host = 'other.example';
  for (let number = 2; isListed(host); number++) host = `other.other${number}.example`;
  return host;
}
