import { cidrContains, parseCIDR, parseIP, type IP } from '@portolan/core';

import { CODED_RESPONSE } from '../dialer/coded-body.ts';
import type { Dialer, Fetcher, Reachable } from '../dialer/dialer.ts';
import { fetchBase } from '../dialer/fetch-base.ts';

export interface VPCNetworkOptions {
  /** The address blocks that may be dialled; absent: every address. */
  readonly cidrs?: readonly string[];
  /**
   * Domain names of endpoints that may be dialled; none by default, since nobody sees where in the network they lead. A name
   * that `fetch` takes for an address (`0xa.1`) is judged as one.
   */
  readonly allowPrivate?: readonly string[];
}

/**
 * Reaches what lies behind a Workers VPC network binding: any private address and port, such as Pod IPs behind a Cloudflare
 * Tunnel, and the names that are listed. The endpoint sees its own address as Host.
 *
 * @throws RangeError where a block is not a CIDR.
 */
export function vpcNetwork(binding: Fetcher, options: VPCNetworkOptions = {}): Dialer {
  const allows = addressFilter(options.cidrs);
  const names = new Set(options.allowPrivate?.map((name) => name.toLowerCase()));
  return {
    name: 'vpcNetwork',
    dial: (target) => {
      const found = fetchBase(target);
      if ('unreachable' in found) return found;
      const ip = parseIP(found.host);
      if (ip === undefined ? !names.has(found.host) : !allows(ip)) {
        const allowed = ip === undefined ? 'allowPrivate' : options.cidrs?.join(', ');
        return {
          unreachable: 'AddressNotAllowed',
          message: `${found.host} is ${ip === undefined ? 'not listed in' : 'in none of'} ${allowed}`,
        };
      }
      return {
        fetch: (request) => binding.fetch(request, CODED_RESPONSE),
        base: found.base,
        keepsHost: false,
        upgrades: 'fetch',
      } satisfies Reachable;
    },
  };
}

function addressFilter(cidrs: readonly string[] | undefined): (ip: IP) => boolean {
  const blocks = cidrs?.map((text) => {
    const block = parseCIDR(text);
    if (block === undefined) throw new RangeError(`vpcNetwork: ${text} is not a CIDR`);
    return block;
  });
  if (blocks === undefined) return () => true;
  return (ip) => blocks.some((block) => cidrContains(block, ip));
}
