import type { HostName } from '../hosts/start-host.ts';

/** What is true of one host, with its HTTP server and its dialer, and not of all. Each is a limit that a README states. */
export interface Runtime {
  readonly name: HostName;
  /** The Host header reaches the origin. */
  readonly keepsHost: boolean;
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
  /** An endpoint that doesn't speak HTTP is told from one that broke. */
  readonly tellsGarbage: boolean;
  /** Interim responses of an endpoint are seen. */
  readonly seesInterim: boolean;
}

/** By sockets of its own, whatever the messages are made of. */
const NODE: Runtime = {
  name: 'node',
  keepsHost: true,
  binds: false,
  asksForCodings: true,
  passesCodings: true,
  showsConnection: true,
  keepsObservedLength: true,
  tellsGarbage: true,
  seesInterim: true,
};

export const RUNTIMES: readonly Runtime[] = [
  NODE,
  { ...NODE, name: 'node-request' },
  {
    name: 'node-fetch',
    keepsHost: false,
    binds: false,
    asksForCodings: false,
    passesCodings: false,
    showsConnection: true,
    keepsObservedLength: true,
    tellsGarbage: false,
    seesInterim: false,
  },
  {
    name: 'workerd',
    keepsHost: false,
    binds: true,
    asksForCodings: true,
    passesCodings: true,
    showsConnection: false,
    keepsObservedLength: true,
    tellsGarbage: false,
    seesInterim: false,
  },
  {
    name: 'deno',
    keepsHost: true,
    binds: false,
    asksForCodings: false,
    passesCodings: true,
    showsConnection: true,
    keepsObservedLength: false,
    tellsGarbage: false,
    seesInterim: false,
  },
  {
    name: 'bun',
    keepsHost: true,
    binds: false,
    asksForCodings: true,
    passesCodings: true,
    showsConnection: true,
    keepsObservedLength: true,
    tellsGarbage: false,
    seesInterim: false,
  },
];
