import type { LoadBalancerProvider, Provision } from '@portolan/control-plane';
import { objectKey, type LoadBalancerIngress, type ObjectKey, type Service } from '@portolan/core';

import { addressPool } from './address-pool.ts';
import { chooseAddresses } from './choose-addresses.ts';
import { localAddresses } from './local-addresses.ts';
import { openedPorts } from './opened-ports.ts';

/** A port of a load balancer's address. */
export interface ClaimedPort {
  readonly protocol: 'TCP' | 'UDP';
  /** 1–65535. */
  readonly port: number;
}

/** Why a port could not be had. */
export interface ClaimFault extends ClaimedPort {
  /** The system's: `EADDRINUSE`, `EACCES`. */
  readonly code: string;
  readonly message: string;
}

/**
 * Listens at ports of an address, in place of those that were claimed there before, until others are claimed: none, where it is
 * given back. Tells which ports could not be had; they are tried again when they are claimed again.
 */
export type ClaimPorts = (
  address: string,
  ports: readonly ClaimedPort[],
) => Promise<readonly ClaimFault[]>;

export interface HostLoadBalancerOptions {
  /** What is given out, in this order: addresses of this machine, ranges of them such as `127.0.0.50-127.0.0.60`, CIDRs. */
  readonly addresses: readonly string[];
  readonly claim: ClaimPorts;
}

/**
 * A provider that gives Services addresses of this machine, and listens there. A Service has one address for each of its
 * `ipFamilies` that the pool has, and to itself; the one that it has is kept, `loadBalancerIP` is honoured. An address is told once
 * a port of it is open, with `ipMode: Proxy` (Kubernetes KEP-1860), since connections end here.
 *
 * @throws {RangeError} for what is no address, or none of this machine's.
 */
export function hostLoadBalancer({
  addresses,
  claim,
}: HostLoadBalancerOptions): LoadBalancerProvider {
  const pool = addressPool(addresses, localAddresses());
  const holders = new Map<string, ObjectKey>();

  const heldBy = (key: ObjectKey): readonly string[] =>
    [...holders].flatMap(([address, holder]) => (holder === key ? [address] : []));
  const giveBack = async (given: readonly string[]): Promise<void> => {
    for (const address of given) {
      // oxlint-disable-next-line no-await-in-loop -- one or two
      await claim(address, []);
      holders.delete(address);
    }
  };
  return {
    name: 'host',
    loadBalancerClass: 'portolan.dev/host',
    ensure: async ({ service, signal }) => {
      signal.throwIfAborted();
      const key = objectKey(service);
      const held = heldBy(key);
      const choice = chooseAddresses(service, {
        pool,
        held,
        isFree: (address) => (holders.get(address) ?? key) === key,
      });
      for (const address of choice.addresses) holders.set(address, key);
      await giveBack(held.filter((address) => !choice.addresses.includes(address)));
      const ingress: LoadBalancerIngress[] = [];
      const refusals = [...choice.refusals];
      for (const address of choice.addresses) {
        // oxlint-disable-next-line no-await-in-loop -- one or two
        const opened = openedPorts(service, await claim(address, claimedPorts(service)));
        const { ports } = opened;
        if (opened.isAnyOpen) {
          ingress.push({ ip: address, ipMode: 'Proxy', ...(ports && { ports }) });
        }
        if (opened.message !== undefined) {
          const message = `${address}: ${opened.message}`;
          refusals.push({ reason: 'PortsUnavailable', message });
        }
      }
      return { ingress, ...refusalOf(refusals) };
    },
    release: ({ service }) => giveBack(heldBy(objectKey(service))),
  };
}

function claimedPorts({ spec: { ports = [] } }: Service): readonly ClaimedPort[] {
  return ports.flatMap(({ port, protocol = 'TCP' }) =>
    protocol === 'SCTP' ? [] : [{ protocol, port }],
  );
}

function refusalOf(
  refusals: readonly NonNullable<Provision['refusal']>[],
): Pick<Provision, 'refusal'> {
  const [first] = refusals;
  if (first === undefined) return {};
  const message = refusals.map((each) => each.message).join('; ');
  return { refusal: { reason: first.reason, message } };
}
