import { isIP } from 'node:net';

import type { Collection } from './schemas.ts';

/** An object as the API keeps it. */
export interface Item {
  readonly id: string;
  readonly [field: string]: unknown;
}

export type State = Readonly<Record<Collection, Map<string, Item>>>;

const HTTP_ONLY = ['path', 'expected_codes', 'expected_body', 'follow_redirects', 'header'];
const ADDRESS_TYPES: ReadonlySet<unknown> = new Set(['A', 'AAAA', 'CNAME']);

/** What the API would refuse about an object among the others, though each field is fine. */
export function ruleErrors(
  collection: Collection,
  item: Item,
  state: State,
  zone: string,
): string[] {
  const errors: string[] = [];
  const others = [...state[collection].values()].filter(({ id }) => id !== item.id);
  const refuse = (message: string): void => void errors.push(message);
  const isTaken = (field: string): boolean => others.some((other) => other[field] === item[field]);
  switch (collection) {
    case 'monitors': {
      const type = item['type'] ?? 'http';
      if (type === 'tcp' && item['port'] === undefined) refuse('port is required');
      if (type === 'tcp') {
        for (const field of HTTP_ONLY) {
          if (item[field] !== undefined) refuse(`${field} is only valid for HTTP and HTTPS`);
        }
      }
      return errors;
    }
    case 'pools': {
      if (isTaken('name')) refuse('a pool of this name exists');
      const monitor = item['monitor'];
      if (monitor !== undefined && !(typeof monitor === 'string' && state.monitors.has(monitor))) {
        refuse('monitor not found');
      }
      const origins = Array.isArray(item['origins']) ? item['origins'] : [];
      const names = new Set(origins.map(({ name }) => name));
      if (names.size < origins.length) refuse('names of origins must be unique');
      for (const { address } of origins) {
        if (isIP(address) === 0 && !/^[a-z0-9.-]+\.[a-z]+$/.test(address)) refuse('bad address');
        if (/^(10|127|192\.168)\./.test(address)) refuse('internal address without a network');
      }
      return errors;
    }
    case 'load_balancers': {
      if (!isWithin(item['name'], zone)) refuse('hostname is not within the zone');
      if (isTaken('name')) refuse('a load balancer of this name exists');
      for (const pool of [item['default_pools'], item['fallback_pool']].flat()) {
        if (!state.pools.has(String(pool))) refuse(`pool ${String(pool)} not found`);
      }
      return errors;
    }
    case 'dns_records': {
      if (!isWithin(item['name'], zone)) refuse('name is not within the zone');
      if (item['name'] === item['content']) refuse('content must not be the name');
      const beside = others.filter(({ name }) => name === item['name']);
      const clashes = beside.some(
        ({ type }) => ADDRESS_TYPES.has(type) && (type === 'CNAME' || item['type'] === 'CNAME'),
      );
      if (clashes) refuse('An A, AAAA, or CNAME record with that host already exists.');
      if (item['proxied'] === true && item['ttl'] !== 1) refuse('proxied records have ttl 1');
      return errors;
    }
  }
}

function isWithin(name: unknown, zone: string): boolean {
  return name === zone || String(name).endsWith(`.${zone}`);
}

/** Who still points at an object, which therefore can't be deleted. */
export function referencesTo(collection: Collection, id: string, state: State): string[] {
  const pointing = {
    monitors: [...state.pools.values()].filter(({ monitor }) => monitor === id),
    pools: [...state.load_balancers.values()].filter(({ default_pools, fallback_pool }) =>
      [default_pools, fallback_pool].flat().includes(id),
    ),
    load_balancers: [],
    dns_records: [],
  }[collection];
  return pointing.map(({ name }) => String(name));
}
