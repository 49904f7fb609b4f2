import type { ListenAt } from './listeners.ts';

/** One place at which it is listened. */
export interface Listener {
  readonly at: ListenAt;
  /** How many there are at present. */
  readonly clients: () => number;
  /** Takes no new clients. Resolves when the port is free. */
  readonly close: () => Promise<void>;
  /** Breaks off with all clients. */
  readonly breakOff: (reason: string) => void;
  /** Resolves when the last of the clients that there are has left. */
  readonly left: () => Promise<void>;
}
