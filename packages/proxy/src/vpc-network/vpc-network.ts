import { cidrContains, parseCIDR, parseIP } from '@portolan/core';

import type { Dialer, Fetcher, Reachable } from '../dialer/dialer.ts';
import { fetchBase } from '../dialer/fetch-base.ts';

export interface VPCNetworkOptions {
  /**
   * The address blocks that may be dialled; absent: every address and every name. With blocks, names are refused, except
   * those that `fetch` takes for an address inside (`0xa.1`).
   */
  readonly cidrs?: readonly string[];
}

/**
 * Reaches what lies behind a Workers VPC network binding: any private address, name and port, such as Pod IPs behind a
 * Cloudflare Tunnel. The endpoint sees its own address as Host.
 *
 * @throws RangeError where a block is not a CIDR.
 */
export function vpcNetwork(binding: Fetcher, options: VPCNetworkOptions = {}): Dialer {
  const allows = addressFilter(options.cidrs);
  return {
    name: 'vpcNetwork',
    dial: (target) => {
      const found = fetchBase(target);
      if ('unreachable' in found) return found;
      if (!allows(found.host)) {
        return {
          unreachable: 'AddressNotAllowed',
          message: `${found.host} is in none of ${options.cidrs?.join(', ')}`,
        };
      }
      return {
        fetch: (request) => binding.fetch(request),
        base: found.base,
        keepsHost: false,
        upgrades: true,
      } satisfies Reachable;
    },
  };
}

function addressFilter(cidrs: readonly string[] | undefined): (address: string) => boolean {
  const blocks = cidrs?.map((text) => {
    const block = parseCIDR(text);
    if (block === undefined) throw new RangeError(`vpcNetwork: ${text} is not a CIDR`);
    return block;
  });
  if (blocks === undefined) return () => true;
  return (address) => {
    const ip = parseIP(address);
    return ip !== undefined && blocks.some((block) => cidrContains(block, ip));
  };
}
