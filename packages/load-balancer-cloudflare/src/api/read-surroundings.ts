import { canonicalIP, compareText } from '@portolan/core';
import type { RecordResponse } from 'cloudflare/resources/dns/records';
import type { LoadBalancer, Origin } from 'cloudflare/resources/load-balancers/load-balancers';

import { bearsMark } from '../ownership/ownership.ts';
import type { Found, Ours } from '../plan/plan-changes.ts';
import type { CloudflareAPI } from './cloudflare-api.ts';
import { everyPage } from './every-page.ts';

/** What is at Cloudflare, as far as one Service is concerned. */
export interface Surroundings {
  readonly ours: Ours;
  /** Who else has a name: `a load balancer`, `a record of type A`. */
  readonly takenBy: ReadonlyMap<string, string>;
}

/** Types of records whose name a load balancer would take away, or that can't stand beside a CNAME. */
const ADDRESS_RECORDS: ReadonlySet<string> = new Set(['A', 'AAAA', 'CNAME', 'NS']);

/**
 * Reads all that bears the mark of a Service, and who else has the names that it asks for.
 *
 * @param names In lower case.
 */
export async function readSurroundings(
  { client: { dns, loadBalancers }, accountID, zoneID }: CloudflareAPI,
  mark: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Surroundings> {
  const account = { account_id: accountID };
  const zone = { zone_id: zoneID };
  const filters = [
    { comment: { exact: mark } },
    ...names.map((name) => ({ name: { exact: name } })),
  ];
  const [monitors, pools, balancers, ...records] = await Promise.all([
    everyPage(signal, {}, (options) => loadBalancers.monitors.list(account, options)),
    everyPage(signal, {}, (options) => loadBalancers.pools.list(account, options)),
    everyPage(signal, {}, (options) => loadBalancers.list(zone, options)),
    ...filters.map((filter) =>
      everyPage(signal, filter, (options) => dns.records.list(zone, options)),
    ),
  ]);
  const isOurs = (item: { readonly description?: string }): boolean =>
    bearsMark(item.description, mark);
  const allRecords = [...new Map(records.flat().map((record) => [record.id, record])).values()];
  const isOurRecord = ({ type, comment }: RecordResponse): boolean =>
    type === 'CNAME' && bearsMark(comment, mark);
  return {
    ours: {
      monitor: monitors.filter(isOurs).map((item) => found(item.id, item.description, item)),
      pool: pools
        .filter(isOurs)
        .map((item) => found(item.id, item.name, { ...item, origins: ownPart(item.origins) })),
      'load balancer': balancers
        .filter(isOurs)
        .map((item) => found(item.id, item.name, withDefaults(item))),
      'DNS record': allRecords.filter(isOurRecord).map((item) => found(item.id, item.name, item)),
    },
    takenBy: new Map([
      ...allRecords
        .filter((record) => ADDRESS_RECORDS.has(record.type) && !isOurRecord(record))
        .map(({ name, type }) => [name.toLowerCase(), `a record of type ${type}`] as const),
      ...balancers
        .filter((balancer) => !isOurs(balancer))
        .map(({ name = '' }) => [name.toLowerCase(), 'a load balancer'] as const),
    ]),
  };
}

function found(id: string, name: string | undefined, fields: object): Found {
  return { id, name: name ?? '', fields: { ...fields } };
}

/** Of each origin what we decide about, in our order. */
function ownPart(origins: readonly Origin[] = []): readonly object[] {
  return origins
    .map(({ name = '', address = '', port, weight, enabled }) => ({
      name,
      address: canonicalIP(address) ?? address,
      port,
      weight,
      enabled,
    }))
    .toSorted((a, b) => compareText(a.name, b.name));
}

/** The API takes an absent or empty one for these, and may tell it so. */
function withDefaults(balancer: LoadBalancer): LoadBalancer {
  const { session_affinity, steering_policy } = balancer;
  return {
    ...balancer,
    session_affinity: session_affinity || 'none',
    steering_policy: steering_policy || 'off',
  };
}
