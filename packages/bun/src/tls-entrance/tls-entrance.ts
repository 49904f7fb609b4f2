import {
  readGreeting,
  ServersByName,
  UNRECOGNIZED_NAME,
  type Entry,
  type TLSCertificate,
} from '@portolan/proxy';

import type {
  BunAddress,
  BunListener,
  BunRuntime,
  BunServer,
  BunSocket,
} from '../runtime/runtime.ts';
import { Side } from './side.ts';

declare const Bun: BunRuntime<Side>;

/** Milliseconds that a client may take to say which name it wants. */
const GREETING_TIMEOUT = 10_000;
/** Bytes that it may take. */
const MAX_GREETING = 32 * 1024;
/** Where the servers are, and where connections to them come from. */
const LOOPBACK = '127.0.0.1';

export interface TLSEntranceOptions {
  readonly hostname: string;
  readonly port: number;
  readonly certificates: () => readonly TLSCertificate[];
  /** Serves one certificate at any port of the loopback address. */
  readonly start: (certificate: TLSCertificate) => BunServer;
  readonly onError: (error: Error) => void;
}

/**
 * Listens in place of servers that have one certificate each: reads which name a client asks for, and passes its bytes on to the
 * server that has it, as they are. `Bun.serve` itself shows its first certificate to whoever asks for another name, and takes no
 * others while it runs.
 */
export class TLSEntrance {
  readonly #listener: BunListener;
  readonly #servers: ServersByName<BunServer>;
  readonly #clients = new Set<Side>();
  /** Those that have not said yet which name they want. */
  readonly #strangers = new Set<Side>();
  #whenEmpty: () => void = () => undefined;
  /** Who is behind a connection to one of the servers, by the port there and where it comes from. */
  readonly #ways = new Map<string, Side>();

  constructor({ hostname, port, certificates, start, onError }: TLSEntranceOptions) {
    this.#servers = new ServersByName({
      certificates,
      start,
      stop: (server) => void server.stop(),
      onError,
    });
    this.#listener = Bun.listen({
      hostname,
      port,
      allowHalfOpen: true,
      socket: {
        ...Side.handler,
        open: (socket) => this.#greet(socket),
      },
    });
  }

  get port(): number {
    return this.#listener.port;
  }

  get hostname(): string {
    return this.#listener.hostname;
  }

  /** The address of the client; `undefined` where somebody on this machine has gone round the entrance. */
  clientOf({ port }: BunServer, from: BunAddress): string | undefined {
    return this.#ways.get(wayOf(port, from))?.socket.remoteAddress;
  }

  reload(): void {
    this.#servers.reload();
  }

  /** Listens no more. Resolves when the requests under way are answered, and clients have the answers. */
  async stop(): Promise<void> {
    this.#listener.stop();
    for (const client of this.#strangers) client.destroy();
    await Promise.all(this.#servers.servers().map((server) => server.stop()));
    await new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
      if (this.#clients.size === 0) resolve();
    });
  }

  /** Ends all connections. */
  destroy(): void {
    for (const client of this.#clients) client.destroy();
  }

  #greet(socket: BunSocket<Side>): void {
    const client = new Side(socket);
    this.#clients.add(client);
    this.#strangers.add(client);
    const late = setTimeout(() => client.destroy(), GREETING_TIMEOUT);
    let said = new Uint8Array();
    let entry: Entry<BunServer> | undefined;
    client.onClose = () => {
      clearTimeout(late);
      this.#clients.delete(client);
      this.#strangers.delete(client);
      if (this.#clients.size === 0) this.#whenEmpty();
      entry?.leave();
    };
    client.onEnd = () => client.destroy();
    client.onData = (part) => {
      said = joined(said, part);
      const greeting = readGreeting(said);
      if (greeting === 'unfinished' && said.length < MAX_GREETING) return;
      clearTimeout(late);
      this.#strangers.delete(client);
      client.onData = () => undefined;
      if (typeof greeting === 'string') {
        client.finish();
        return;
      }
      entry = this.#servers.enter(greeting.serverName);
      if (entry === undefined) {
        socket.write(UNRECOGNIZED_NAME);
        client.finish();
      } else {
        client.pause();
        this.#tie(client, said, entry.server).catch(() => client.destroy());
      }
    };
  }

  async #tie(client: Side, said: Uint8Array, { port }: BunServer): Promise<void> {
    const socket = await Bun.connect({
      hostname: LOOPBACK,
      port,
      allowHalfOpen: true,
      socket: { ...Side.handler, open: (opened) => void new Side(opened) },
    });
    const server = socket.data;
    const way = wayOf(port, { address: LOOPBACK, port: socket.localPort });
    this.#ways.set(way, client);
    server.onClose = () => {
      // The next one may have come from the same port by now.
      if (this.#ways.get(way) === client) this.#ways.delete(way);
      client.finish();
    };
    server.onEnd = () => client.finish();
    const { onClose } = client;
    client.onClose = () => {
      onClose();
      server.destroy();
    };
    if (client.isClosed) {
      server.destroy();
      return;
    }
    server.send(said, client);
    client.leadTo(server);
    client.onEnd = () => server.end();
    server.leadTo(client);
    client.resume();
  }
}

/** Others on this machine may come from the same port, but only from another of its addresses. */
function wayOf(to: number, { address, port }: BunAddress): string {
  return `${to} ${address} ${port}`;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
