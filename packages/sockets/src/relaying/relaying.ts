import {
  authority,
  cidrContains,
  parseCIDR,
  parseIP,
  type CIDR,
  type Endpoint,
} from '@portolan/core';
import {
  decideConnection,
  pickAnother,
  type ConnectDecision,
  type ConnectionDecision,
  type Snapshot,
} from '@portolan/engine';
import type { EndpointStateStore } from '@portolan/proxy';

import type { EndedConnection, ListenAt, ListenersOptions } from '../listeners/listeners.ts';

/** What clients of all listeners are taken to endpoints with: the options, with everything decided that has a default. */
export interface Relaying {
  readonly snapshot: () => Snapshot;
  readonly states: EndpointStateStore;
  readonly overrides: () => Readonly<Record<string, string>>;
  readonly idleTimeout: number;
  readonly sessionTimeout: number;
  readonly connectTimeout: number;
  readonly maxSessions: number;
  /** Where a client goes that knocked at `knocked`. */
  readonly decide: (
    at: ListenAt,
    knocked: { readonly host: string; readonly port: number },
    clientAddress: string,
  ) => ConnectionDecision;
  /** Another endpoint where those that were tried failed. */
  readonly another: (
    decision: ConnectDecision,
    tried: ReadonlySet<Endpoint>,
  ) => Endpoint | undefined;
  /** Whether the address sends PROXY protocol headers, and is believed. */
  readonly sendsHeaders: (address: string) => boolean;
  /** Whether it is us who listens there: whatever is sent there comes back. */
  readonly isOwn: IsOwn;
  readonly observe: (ended: EndedConnection) => void;
}

/** Whether it is listened at an address and port. */
export type IsOwn = (
  protocol: ListenAt['protocol'],
  at: { readonly address: string; readonly port: number },
) => boolean;

const HOUR = 3_600_000;

/** @throws RangeError where one of `proxyProtocolFrom` is no block of addresses. */
export function relayingWith(options: ListenersOptions, isOwn: IsOwn): Relaying {
  const { snapshot, states, settings = {}, node, zone, random = Math.random, observe } = options;
  const blocks = options.proxyProtocolFrom?.map(blockOf) ?? [];
  return {
    snapshot,
    states,
    overrides: options.overrides ?? (() => ({})),
    idleTimeout: options.idleTimeout ?? HOUR,
    sessionTimeout: options.sessionTimeout ?? 60_000,
    connectTimeout: options.connectTimeout ?? 10_000,
    maxSessions: options.maxSessions ?? 4096,
    decide: ({ entrance, protocol }, { host, port }, clientAddress) =>
      decideConnection(
        snapshot(),
        {
          entrance,
          protocol,
          host: authority(host),
          port,
          clientAddress,
          ...(node !== undefined && { node }),
          ...(zone !== undefined && { zone }),
        },
        { states, settings, random },
      ),
    another: (decision, tried) => pickAnother(decision, tried, { states, random }),
    sendsHeaders: (address) => {
      if (blocks.length === 0) return false;
      const ip = parseIP(address);
      return ip !== undefined && blocks.some((block) => cidrContains(block, ip));
    },
    isOwn,
    observe: (ended) => {
      try {
        observe?.(ended);
      } catch {
        // Whoever looks on must not get in the way.
      }
    },
  };
}

function blockOf(text: string): CIDR {
  const block = parseCIDR(text);
  if (block === undefined) {
    throw new RangeError(`proxyProtocolFrom must be blocks such as 10.0.0.0/8, not ${text}`);
  }
  return block;
}
