import { authority } from '@portolan/core';

import { relayingWith } from '../relaying/relaying.ts';
import { listenTCP } from '../tcp/listen-tcp.ts';
import { listenUDP } from '../udp/listen-udp.ts';
import type { Session } from '../udp/session.ts';
import type { Listener } from './listener.ts';
import type { ListenAt, ListenFault, Listeners, ListenersOptions } from './listeners.ts';

/**
 * Listens for clients of Services, and takes each to an endpoint.
 *
 * Connections to an endpoint that is no longer in the Snapshot go on until they end, as with kube-proxy; UDP sessions with it
 * end, as kube-proxy deletes them.
 *
 * @throws RangeError where one of `proxyProtocolFrom` is no block of addresses.
 */
export function createListeners(options: ListenersOptions): Listeners {
  const { drain = 10_000 } = options;
  const relaying = relayingWith(options, (protocol, { address, port }) =>
    own.has(placeOf({ protocol, address, port })),
  );
  /** Where it is listened. */
  const own = new Set<string>();
  const sessions = new Set<Session>();
  const open = new Map<string, Listener>();
  /** Of listeners that are closed, while clients of theirs are there. */
  const draining = new Set<Promise<void>>();
  let isClosed = false;
  /** What is wanted last, and the turn that sees to it, where it has not begun. */
  let latest: readonly ListenAt[] = [];
  let next: Promise<readonly ListenFault[]> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** Resolves when the port is free: clients may go on for a while. */
  async function stop(listener: Listener): Promise<void> {
    await listener.close();
    const drained = drainOf(listener).finally(() => draining.delete(drained));
    draining.add(drained);
  }

  async function drainOf(listener: Listener): Promise<void> {
    const late = setTimeout(() => listener.breakOff('Drained'), drain);
    await listener.left();
    clearTimeout(late);
  }

  function start(at: ListenAt): Promise<Listener> {
    return at.protocol === 'TCP' ? listenTCP(at, relaying) : listenUDP(at, relaying, sessions);
  }

  async function apply(wanted: ReadonlyMap<string, ListenAt>): Promise<readonly ListenFault[]> {
    const unwanted = [...open].filter(([key]) => !wanted.has(key));
    for (const [key, { at }] of unwanted) {
      open.delete(key);
      own.delete(placeOf(at));
    }
    await Promise.all(unwanted.map(([, listener]) => stop(listener)));
    const missing = [...wanted].filter(([key]) => !open.has(key));
    const started = await Promise.allSettled(missing.map(([, at]) => start(at)));
    return missing.flatMap(([key, at], index) => {
      const result = started[index];
      if (result?.status === 'fulfilled') {
        open.set(key, result.value);
        own.add(placeOf(at));
        return [];
      }
      return [faultOf(at, result?.reason)];
    });
  }

  function update(wanted: readonly ListenAt[]): Promise<readonly ListenFault[]> {
    latest = isClosed ? [] : wanted;
    if (next !== undefined) return next;
    const begun = turn.then(() => {
      next = undefined;
      return apply(new Map(latest.map((at) => [keyOf(at), at])));
    });
    turn = begun;
    next = begun;
    return begun;
  }

  return {
    update,
    list: () => Array.from(open.values(), ({ at, clients }) => ({ ...at, clients: clients() })),
    close: async () => {
      isClosed = true;
      await update([]);
      await Promise.all(draining);
    },
  };
}

function keyOf({ entrance, protocol, address, port }: ListenAt): string {
  return `${entrance} ${protocol} ${authority(address, port)}`;
}

function placeOf({ protocol, address, port }: Omit<ListenAt, 'entrance'>): string {
  return `${protocol} ${authority(address, port)}`;
}

function faultOf(at: ListenAt, error: unknown): ListenFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  return { at, code, message: error instanceof Error ? error.message : String(error) };
}
