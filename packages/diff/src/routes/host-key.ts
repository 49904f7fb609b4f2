import type { RouteTable } from '@portolan/routing';

/** The key of the rules without a host. */
export const EVERY_HOST = '*';

/**
 * Under which of its keys a table has the rules for a host; `undefined`: it has none. A host with an asterisk stands for
 * those that it fits and that no other key names.
 */
export function hostKey({ hosts }: Pick<RouteTable, 'hosts'>, host: string): string | undefined {
  const dot = host.indexOf('.');
  const keys = dot < 0 ? [host, EVERY_HOST] : [host, `*${host.slice(dot)}`, EVERY_HOST];
  return keys.find((key) => Object.hasOwn(hosts, key));
}
