import { hash, type Endpoint } from '@portolan/core';

import type { Candidates } from '../candidates/candidates.ts';
import type { PickContext, Policy } from '../policy/policy.ts';
import { weightedPolicy } from '../policy/weighted-policy.ts';
import { draw } from '../random/random.ts';
import { rendezvous } from '../rendezvous-hash/rendezvous-hash.ts';
import { maglevTable } from './maglev-table.ts';

/**
 * The same endpoint for the same key, whatever the order of the endpoints, by one look into a table. When an endpoint
 * comes or goes a few keys of others move too. The keys of one that is unavailable go where rendezvous hashing sends them.
 * Random without a key.
 */
export const MAGLEV: Policy = weightedPolicy('Maglev', pickFrom);

const tables = new WeakMap<Candidates, Uint16Array>();

function pickFrom(candidates: Candidates, context: PickContext): Endpoint | undefined {
  const { hashKey, isAvailable } = context;
  if (hashKey === undefined) return draw(candidates, context);
  let table = tables.get(candidates);
  if (table === undefined) tables.set(candidates, (table = maglevTable(candidates)));
  const endpoint = candidates.endpoints[table[hash(hashKey) % table.length] ?? 0];
  if (endpoint !== undefined && isAvailable(endpoint)) return endpoint;
  return rendezvous(candidates, hashKey, isAvailable);
}
