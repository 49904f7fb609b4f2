import type { RuntimeName } from '../hosts/start-host.ts';

/** What is true of one runtime's `fetch` and HTTP server and not of all. Each is a limit that the README states. */
export interface Runtime {
  readonly name: RuntimeName;
  /** The Host header reaches the origin. */
  readonly keepsHost: boolean;
  /** WebSockets pass. */
  readonly upgrades: boolean;
  /** A client's wish for a coded body reaches the origin. */
  readonly asksForCodings: boolean;
  /** A coded body reaches the client as it is, even one that nobody asked for. */
  readonly passesCodings: boolean;
  /** There are other Workers to bind to. */
  readonly binds: boolean;
  /** A request's Connection field can be seen, and with it what it names. */
  readonly showsConnection: boolean;
  /** A request whose sending is watched, because of a limit, keeps its Content-Length. */
  readonly keepsObservedLength: boolean;
}

export const RUNTIMES: readonly Runtime[] = [
  {
    name: 'node',
    keepsHost: false,
    upgrades: false,
    binds: false,
    asksForCodings: false,
    passesCodings: false,
    showsConnection: true,
    keepsObservedLength: true,
  },
  {
    name: 'workerd',
    keepsHost: false,
    upgrades: true,
    binds: true,
    asksForCodings: true,
    passesCodings: true,
    showsConnection: false,
    keepsObservedLength: true,
  },
  {
    name: 'deno',
    keepsHost: true,
    upgrades: false,
    binds: false,
    asksForCodings: false,
    passesCodings: true,
    showsConnection: true,
    keepsObservedLength: false,
  },
  {
    name: 'bun',
    keepsHost: true,
    upgrades: false,
    binds: false,
    asksForCodings: true,
    passesCodings: true,
    showsConnection: true,
    keepsObservedLength: true,
  },
];
