import { APIError } from 'cloudflare/error';

import { describeChange } from '../plan/format-plan.ts';
import type { Change, CreatedID, FieldsOf } from '../plan/plan.ts';
import { call } from './cloudflare-api.ts';
import type { CloudflareAPI } from './cloudflare-api.ts';

type IDs = Partial<Record<CreatedID['createdBefore'], string>>;

/**
 * Makes one change after another.
 *
 * @throws {Error} at the first that fails, with what was done before and why this one was not.
 */
export async function carryOut(
  api: CloudflareAPI,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<void> {
  const ids: IDs = {};
  const done: string[] = [];
  for (const change of changes) {
    const what = describeChange(change);
    try {
      // oxlint-disable-next-line no-await-in-loop -- each change rests on those before it
      const { id } = await call(signal, (own) => send(api, change, ids, own));
      if (change.action === 'create' && (change.kind === 'monitor' || change.kind === 'pool')) {
        ids[change.kind] = id;
      }
    } catch (error) {
      if (isGone(change, error)) continue;
      const before = done.length === 0 ? 'nothing was changed before' : `done: ${done.join('; ')}`;
      // oxlint-disable-next-line preserve-caught-error -- nobody has looked for the token in it
      throw new Error(`Cloudflare: ${what}: ${api.reasonOf(error)} (${before})`);
    }
    done.push(what);
  }
}

/** What somebody else has deleted meanwhile need not be deleted. */
function isGone(change: Change, error: unknown): boolean {
  return change.action === 'delete' && error instanceof APIError && error.status === 404;
}

function send(
  { client: { dns, loadBalancers }, accountID, zoneID }: CloudflareAPI,
  change: Change,
  ids: IDs,
  signal: AbortSignal,
): PromiseLike<{ readonly id?: string }> {
  const { monitors, pools } = loadBalancers;
  const account = { account_id: accountID };
  const zone = { zone_id: zoneID };
  const options = { signal };
  switch (change.kind) {
    case 'monitor':
      switch (change.action) {
        case 'create':
          return monitors.create({ ...account, ...change.fields }, options);
        case 'update':
          return monitors.edit(change.id, { ...account, ...change.fields }, options);
        case 'delete':
          return monitors.delete(change.id, account, options);
      }
    case 'pool':
      switch (change.action) {
        case 'create': {
          const { name, origins } = change.fields;
          const params = {
            ...account,
            ...poolBody(change.fields, ids),
            name,
            origins: [...origins],
          };
          return pools.create(params, options);
        }
        case 'update':
          return pools.edit(change.id, { ...account, ...poolBody(change.fields, ids) }, options);
        case 'delete':
          return pools.delete(change.id, account, options);
      }
    case 'load balancer':
      switch (change.action) {
        case 'create': {
          const { name, default_pools, fallback_pool } = change.fields;
          const params = {
            ...zone,
            ...loadBalancerBody(change.fields, ids),
            name,
            default_pools: default_pools.map((pool) => idOf(pool, ids)),
            fallback_pool: idOf(fallback_pool, ids),
          };
          return loadBalancers.create(params, options);
        }
        case 'update': {
          const params = { ...zone, ...loadBalancerBody(change.fields, ids) };
          return loadBalancers.edit(change.id, params, options);
        }
        case 'delete':
          return loadBalancers.delete(change.id, zone, options);
      }
    case 'DNS record':
      switch (change.action) {
        case 'create':
          return dns.records.create({ ...zone, ...change.fields }, options);
        case 'update': {
          // The client's types ask for these three with every change of a record.
          const same = { name: change.name, type: 'CNAME', ttl: 1 } as const;
          return dns.records.edit(change.id, { ...zone, ...same, ...change.fields }, options);
        }
        case 'delete':
          return dns.records.delete(change.id, zone, options);
      }
  }
}

function poolBody({ origins, monitor, ...fields }: Partial<FieldsOf['pool']>, ids: IDs) {
  return {
    ...fields,
    ...(origins !== undefined && { origins: [...origins] }),
    ...(monitor !== undefined && { monitor: idOf(monitor, ids) }),
  };
}

function loadBalancerBody(
  { default_pools, fallback_pool, ...fields }: Partial<FieldsOf['load balancer']>,
  ids: IDs,
) {
  return {
    ...fields,
    ...(default_pools !== undefined && {
      default_pools: default_pools.map((pool) => idOf(pool, ids)),
    }),
    ...(fallback_pool !== undefined && { fallback_pool: idOf(fallback_pool, ids) }),
  };
}

function idOf(id: string | CreatedID, ids: IDs): string {
  const known = typeof id === 'string' ? id : ids[id.createdBefore];
  if (known === undefined) throw new Error('the API told no id of what it created');
  return known;
}
