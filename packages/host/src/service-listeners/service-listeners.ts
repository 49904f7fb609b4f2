import { frontendKey, type Snapshot } from '@portolan/engine';
import type { ListenAt, ListenFault, Listeners } from '@portolan/sockets';

import { listenFault } from '../entrances/listen-fault.ts';
import type { ClaimedPort, ClaimPorts } from '../host-load-balancer/host-load-balancer.ts';
import type { HostFault, HostFrontend } from '../host/host.ts';
import type { Whereabouts } from '../this-node/this-node.ts';
import { wantedFrontends, type WantedFrontend, type WantedOptions } from '../wanted/wanted.ts';

/** What a host listens at for Services, and carries as it comes. */
export interface ServiceListeners {
  /** Opens and closes what the Snapshot wants. */
  readonly update: () => Promise<void>;
  /**
   * Holds ports of an address open, in place of those that were held there before; none: nothing is. Whom they are for and
   * whether anybody may knock is for the Snapshot to say, at each connection.
   */
  readonly hold: ClaimPorts;
  readonly frontends: () => readonly HostFrontend[];
  readonly faults: () => readonly HostFault[];
  readonly close: () => Promise<void>;
}

export interface ServiceListenersOptions extends WantedOptions {
  readonly snapshot: () => Snapshot;
  /** Which of the Nodes this machine is. */
  readonly whereabouts: () => Whereabouts;
  /** Makes listeners that run there. */
  readonly listenersAt: (whereabouts: Whereabouts) => Listeners;
  /** Is told what can't be kept, with each `update`. */
  readonly warn: (messages: readonly string[]) => void;
}

/** Keeps listeners in line with a Snapshot and with what is held besides. */
export function createServiceListeners(options: ServiceListenersOptions): ServiceListeners {
  const { snapshot, whereabouts, listenersAt, warn } = options;
  const held = new Map<string, readonly ClaimedPort[]>();
  let place = whereabouts();
  let listeners = listenersAt(place);
  /** Listeners on what this machine was before, while clients of theirs are there. */
  const left = new Set<Promise<void>>();
  let wanted: ReadonlyMap<string, WantedFrontend> = new Map();
  let faults: readonly ListenFault[] = [];
  let unkept: readonly string[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  const move = async (): Promise<void> => {
    const { node, zone } = whereabouts();
    if (node === place.node && zone === place.zone) return;
    const before = listeners;
    place = { node, ...(zone !== undefined && { zone }) };
    listeners = listenersAt(place);
    await before.update([]);
    const leaving = before.close();
    left.add(leaving);
    void leaving.then(() => left.delete(leaving));
  };
  const run = async (): Promise<readonly ListenFault[]> => {
    await move();
    const { frontends, warnings } = wantedFrontends(snapshot(), options);
    unkept = warnings;
    const all = [...frontends, ...[...held].flatMap(([address, ports]) => heldAt(address, ports))];
    wanted = new Map(all.map((each) => [keyOf(each), each]));
    faults = await listeners.update([...wanted.values()].map(plain));
    return faults;
  };
  const listen = (): Promise<readonly ListenFault[]> => {
    const listened = turn.then(run);
    turn = listened.catch(() => undefined);
    return listened;
  };
  const frontendOf = (at: ListenAt): HostFrontend => {
    const { address: hostname, port, protocol } = at;
    const { kind = 'node-port', service = serviceAt(snapshot(), at) } = wanted.get(keyOf(at)) ?? {};
    return { kind, protocol, hostname, port, ...(service !== undefined && { service }) };
  };
  return {
    update: async () => {
      await listen();
      warn(unkept);
    },
    hold: async (address, ports) => {
      if (ports.length === 0) held.delete(address);
      else held.set(address, ports);
      const own = (await listen()).filter(({ at }) => at.address === address);
      return own.map(({ at: { protocol, port }, code, message }) => ({
        protocol,
        port,
        code,
        message,
      }));
    },
    frontends: () => listeners.list().map(frontendOf),
    faults: () => faults.map((fault) => listenFault(frontendOf(fault.at), fault)),
    close: async () => {
      await turn;
      await Promise.all([listeners.close(), ...left]);
    },
  };
}

function heldAt(address: string, ports: readonly ClaimedPort[]): readonly WantedFrontend[] {
  return ports.map((each) => ({ ...each, entrance: 'external', address, kind: 'load-balancer' }));
}

/** Whose an address is, once the Snapshot says so. */
function serviceAt({ frontends }: Snapshot, at: ListenAt): string | undefined {
  return frontends[frontendKey({ ...at, host: at.address })]?.service;
}

/** Nobody listens twice at an address and port, from whichever side clients come. */
function keyOf({ protocol, address, port }: ListenAt): string {
  return `${protocol} ${address} ${port}`;
}

function plain({ entrance, protocol, address, port }: ListenAt): ListenAt {
  return { entrance, protocol, address, port };
}
