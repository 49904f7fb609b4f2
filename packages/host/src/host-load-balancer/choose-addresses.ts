import type { Provision } from '@portolan/control-plane';
import { canonicalIP, parseIP, type IPFamily, type Service } from '@portolan/core';

import type { AddressPool } from './address-pool.ts';

export interface AddressesAtHand {
  readonly pool: AddressPool;
  /** What the Service has been given. */
  readonly held: readonly string[];
  /** Whether no other Service has it. */
  readonly isFree: (address: string) => boolean;
}

/** The addresses that a Service is to have, one for a family, and why there are less than it asks for. */
export interface AddressChoice {
  readonly addresses: readonly string[];
  readonly refusals: readonly NonNullable<Provision['refusal']>[];
}

/** What it has, or had as its status says, comes before the rest of the pool; `loadBalancerIP` before all of them, or nothing. */
export function chooseAddresses(service: Service, atHand: AddressesAtHand): AddressChoice {
  const { pool } = atHand;
  const { ipFamilies = ['IPv4'], ipFamilyPolicy, loadBalancerIP } = service.spec;
  if (loadBalancerIP) {
    const family = parseIP(loadBalancerIP)?.family;
    if (family === undefined || !ipFamilies.includes(family)) {
      const message = `loadBalancerIP ${loadBalancerIP} is no address of ${ipFamilies.join(' or ')}`;
      return { addresses: [], refusals: [{ reason: 'LoadBalancerIPUnavailable', message }] };
    }
  }
  const served = ipFamilies.filter(pool.hasFamily);
  const choices = served.map((family) => chooseAddress(family, service, atHand));
  const addresses = choices.flatMap((each) => ('address' in each ? [each.address] : []));
  const refusals = choices.flatMap((each) => ('reason' in each ? [each] : []));
  const isEnough = served.length > 0 && ipFamilyPolicy !== 'RequireDualStack';
  if (served.length < ipFamilies.length && !isEnough) {
    const lacking = ipFamilies.filter((family) => !served.includes(family));
    const message = `the pool has no address of ${lacking.join(' or ')}`;
    return {
      addresses,
      refusals: [...refusals, { reason: 'IPFamilyUnavailable', message }],
    };
  }
  return { addresses, refusals };
}

function chooseAddress(
  family: IPFamily,
  service: Service,
  atHand: AddressesAtHand,
): { readonly address: string } | AddressChoice['refusals'][number] {
  const { pool, isFree } = atHand;
  const { loadBalancerIP = '' } = service.spec;
  const wanted =
    parseIP(loadBalancerIP)?.family === family ? canonicalIP(loadBalancerIP) : undefined;
  if (wanted !== undefined) {
    if (pool.has(wanted) && isFree(wanted)) return { address: wanted };
    const why = pool.has(wanted) ? 'is another Service’s' : 'is not in the pool';
    return { reason: 'LoadBalancerIPUnavailable', message: `loadBalancerIP ${wanted} ${why}` };
  }
  for (const address of candidates(family, service, atHand)) {
    if (isFree(address)) return { address };
  }
  return { reason: 'PoolExhausted', message: `no ${family} address of the pool is free` };
}

function* candidates(
  family: IPFamily,
  { status }: Service,
  { pool, held }: AddressesAtHand,
): Generator<string, void, undefined> {
  const told = status?.loadBalancer?.ingress ?? [];
  for (const text of [...held, ...told.flatMap(({ ip }) => ip ?? [])]) {
    const address = canonicalIP(text);
    if (address !== undefined && parseIP(address)?.family === family && pool.has(address)) {
      yield address;
    }
  }
  yield* pool.addresses(family);
}
