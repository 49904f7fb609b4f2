import type { HostFault, HostFrontend, ListenOptions } from '../host/host.ts';
import { listenFault } from './listen-fault.ts';

/** What listens. */
export interface Opened extends ListenOptions {
  readonly close: () => Promise<void>;
}

/** A place that is kept open: where it can't be opened, it is a fault until it can. */
export interface Entrance<Listening extends Opened> {
  /** What listens; `undefined` where nothing does. */
  readonly listening: () => Listening | undefined;
  readonly frontends: () => readonly HostFrontend[];
  readonly faults: () => readonly HostFault[];
  /** Opens it, unless it is open. Never rejects. */
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * @param listen Rejects with the system's error where it can't.
 * @param others What else is spoken there.
 */
export function createEntrance<Listening extends Opened>(
  wanted: HostFrontend,
  listen: () => Promise<Listening>,
  others: readonly HostFrontend['protocol'][] = [],
): Entrance<Listening> {
  let listening: Listening | undefined;
  let fault: HostFault | undefined;
  let opening: Promise<void> | undefined;
  const open = async (): Promise<void> => {
    try {
      listening = await listen();
      fault = undefined;
    } catch (error) {
      fault = listenFault(wanted, error);
    }
  };
  return {
    listening: () => listening,
    frontends: () => {
      if (listening === undefined) return [];
      const { hostname, port } = listening;
      return [wanted.protocol, ...others].map((protocol) => ({
        ...wanted,
        protocol,
        hostname,
        port,
      }));
    },
    faults: () => (fault === undefined ? [] : [fault]),
    open: async () => {
      if (listening !== undefined) return;
      await (opening ??= open().finally(() => (opening = undefined)));
    },
    close: async () => {
      await opening;
      await listening?.close();
    },
  };
}
