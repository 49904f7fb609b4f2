import type { Entrance } from '@portolan/core';
import type { SettingsOptions, Snapshot } from '@portolan/engine';
import type { EndpointStateStore } from '@portolan/proxy';

/** A place to listen at for clients of Services. */
export interface ListenAt {
  readonly entrance: Entrance;
  readonly protocol: 'TCP' | 'UDP';
  /** An IP literal of this machine. */
  readonly address: string;
  /** 1–65535. */
  readonly port: number;
}

/** Why it can't be listened there. */
export interface ListenFault {
  readonly at: ListenAt;
  /** The system's: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`. */
  readonly code: string;
  readonly message: string;
}

export interface ListenersOptions {
  /** Asked for each connection, and for the first datagram of each client. */
  readonly snapshot: () => Snapshot;
  /** What is known of endpoints, shared with the gateways of the process. */
  readonly states: EndpointStateStore;
  readonly settings?: SettingsOptions;
  /** The node and zone that this runs in. */
  readonly node?: string;
  readonly zone?: string;
  /** Endpoints that in truth listen elsewhere: `address:port` → `address:port`, IPv6 in brackets. Asked each time. */
  readonly overrides?: () => Readonly<Record<string, string>>;
  /** Milliseconds that a TCP connection may be still where no setting says it; an hour by default. */
  readonly idleTimeout?: number;
  /** Milliseconds after which a client that sends and gets no datagram is forgotten, where no setting says it; 60 000 by default. */
  readonly sessionTimeout?: number;
  /** Clients of UDP that are remembered at once, each with a socket, all listeners together; 4096 by default. Who was still for longest goes. */
  readonly maxSessions?: number;
  /** Milliseconds that connecting to an endpoint may take; 10 000 by default. */
  readonly connectTimeout?: number;
  /** Milliseconds that connections of a listener that closes may go on; 10 000 by default. */
  readonly drain?: number;
  /** CIDRs of balancers in front that send PROXY protocol headers, v1 or v2; from nobody else is one looked for. */
  readonly proxyProtocolFrom?: readonly string[];
  /** Is told of each connection or UDP session once it has ended. What it throws is lost. */
  readonly observe?: (ended: EndedConnection) => void;
  /** Numbers in [0, 1); `Math.random` by default. */
  readonly random?: () => number;
}

/** What became of a connection. */
export interface EndedConnection extends ListenAt {
  readonly clientAddress: string;
  readonly clientPort: number;
  /** `namespace/name:port` of the Service; absent where none answers. */
  readonly service?: string;
  /** `address:port` of the endpoint; absent where it was reached by none. */
  readonly endpoint?: string;
  /** Bytes from the client to the endpoint, and from the endpoint to the client. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Milliseconds. */
  readonly duration: number;
  /** Why it was refused or broken off; absent where both sides ended it. */
  readonly reason?: string;
}

/** Sockets that listen for clients of Services, as many as are wanted at the time. */
export interface Listeners {
  /**
   * Opens what is wanted and not open, and closes what is open and not wanted: no new client from then on, while connections go
   * on for as long as `drain` says. What is wanted before and after is not touched. Calls take turns.
   *
   * @returns what can't be listened at, each time it is wanted: all others are open.
   */
  readonly update: (wanted: readonly ListenAt[]) => Promise<readonly ListenFault[]>;
  /** Where it is listened at, and for how many clients at present. */
  readonly list: () => readonly (ListenAt & { readonly clients: number })[];
  /** Closes all, as `update` with nothing wanted, and resolves when the last connection has ended. */
  readonly close: () => Promise<void>;
}
