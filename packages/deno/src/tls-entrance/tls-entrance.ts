import {
  readGreeting,
  ServersByName,
  UNRECOGNIZED_NAME,
  type Entry,
  type TLSCertificate,
} from '@portolan/proxy';

import type {
  DenoAddress,
  DenoConnection,
  DenoListener,
  DenoRuntime,
  DenoServer,
} from '../runtime/runtime.ts';
import { Visitor } from './visitor.ts';

declare const Deno: DenoRuntime;

/** Milliseconds that a client may take to say which name it wants. */
const GREETING_TIMEOUT = 10_000;
/** Milliseconds that a client gets to close its side of a connection that is over. */
const LINGER = 2000;
/** Bytes read at once: as many as a TLS record has. */
const CHUNK = 16 * 1024;

export interface TLSEntranceOptions {
  readonly hostname: string;
  readonly port: number;
  readonly certificates: () => readonly TLSCertificate[];
  /** Serves one certificate at any port of the loopback address. */
  readonly start: (certificate: TLSCertificate) => DenoServer;
  readonly onError: (error: Error) => void;
}

/**
 * Listens in place of servers that have one certificate each: reads which name a client asks for, and passes its bytes on to the
 * server that has it, as they are. `Deno.serve` itself can't choose.
 */
export class TLSEntrance {
  readonly #listener: DenoListener;
  readonly #servers: ServersByName<DenoServer>;
  readonly #connections = new Map<DenoConnection, Promise<void>>();
  /** Those that have not said yet which name they want. */
  readonly #strangers = new Set<DenoConnection>();
  /** Who is behind a connection to one of the servers, by the port there and where it comes from. */
  readonly #visitors = new Map<string, Visitor>();

  constructor({ hostname, port, certificates, start, onError }: TLSEntranceOptions) {
    this.#servers = new ServersByName({
      certificates,
      start,
      stop: (server) => void server.shutdown(),
      onError,
    });
    this.#listener = Deno.listen({ hostname, port });
    void this.#accept();
  }

  get addr(): { readonly port: number; readonly hostname: string } {
    return this.#listener.addr;
  }

  /** The client; `undefined` where somebody on this machine has gone round the entrance. */
  visitorAt({ addr }: DenoServer, from: DenoAddress): Visitor | undefined {
    return this.#visitors.get(wayOf(addr, from));
  }

  reload(): void {
    this.#servers.reload();
  }

  /** Listens no more. */
  stop(): void {
    this.#listener.close();
    for (const connection of this.#strangers) close(connection);
  }

  /** Resolves when the requests under way are answered, and clients have the answers. */
  async shutdown(): Promise<void> {
    await Promise.all(this.#servers.servers().map((server) => server.shutdown()));
    await Promise.all(this.#connections.values());
  }

  /** Ends all connections. */
  destroy(): void {
    for (const connection of this.#connections.keys()) close(connection);
  }

  async #accept(): Promise<void> {
    for (;;) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one after another
        const connection = await this.#listener.accept();
        const passing = this.#pass(connection).finally(() => {
          close(connection);
          this.#connections.delete(connection);
        });
        this.#connections.set(connection, passing);
      } catch (error) {
        // Closed by `stop`; anything else, such as too many open files, passes.
        if (error instanceof Deno.errors.BadResource) return;
        // oxlint-disable-next-line no-await-in-loop
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  async #pass(client: DenoConnection): Promise<void> {
    let entry: Entry<DenoServer> | undefined;
    try {
      this.#strangers.add(client);
      const greeted = await greeting(client).finally(() => this.#strangers.delete(client));
      if (greeted === undefined) return;
      entry = this.#servers.enter(greeted.serverName);
      if (entry === undefined) await writeAll(client, UNRECOGNIZED_NAME);
      else await this.#tie(client, greeted.bytes, entry.server);
    } catch {
      // One of them broke; so does the other.
    } finally {
      entry?.leave();
    }
  }

  async #tie(client: DenoConnection, bytes: Uint8Array, { addr }: DenoServer): Promise<void> {
    const server = await Deno.connect(addr);
    const way = wayOf(addr, server.localAddr);
    const visitor = new Visitor(client.remoteAddr.hostname, () => close(client));
    this.#visitors.set(way, visitor);
    let late: ReturnType<typeof setTimeout> | undefined;
    const linger = (): void => {
      late = setTimeout(() => close(client), LINGER);
    };
    try {
      for (const connection of [client, server]) connection.setNoDelay();
      await writeAll(server, bytes);
      await Promise.all([lead(client, server), lead(server, client).then(linger)]);
    } finally {
      clearTimeout(late);
      visitor.leave();
      this.#visitors.delete(way);
      close(server);
    }
  }
}

/** Others on this machine may come from the same port, but only from another of its addresses. */
function wayOf(to: DenoAddress, from: DenoAddress): string {
  return `${to.port} ${from.hostname} ${from.port}`;
}

/** What a client says first, and which name it asks for; `undefined` where it says nothing of use. */
async function greeting(
  client: DenoConnection,
): Promise<{ readonly bytes: Uint8Array; readonly serverName: string } | undefined> {
  const late = setTimeout(() => close(client), GREETING_TIMEOUT);
  try {
    const buffer = new Uint8Array(2 * CHUNK);
    let length = 0;
    while (length < buffer.length) {
      // oxlint-disable-next-line no-await-in-loop -- one part after another
      const read = await client.read(buffer.subarray(length));
      if (read === null) return undefined;
      length += read;
      const bytes = buffer.subarray(0, length);
      const said = readGreeting(bytes);
      if (said === 'invalid') return undefined;
      if (said !== 'unfinished') return { bytes, ...said };
    }
    return undefined;
  } finally {
    clearTimeout(late);
  }
}

/**
 * Passes on what comes, and its end. Where it breaks off, the other side does, too; one that takes no more may still have
 * something to say.
 */
async function lead(from: DenoConnection, to: DenoConnection): Promise<void> {
  const buffer = new Uint8Array(CHUNK);
  const read = (): Promise<number | null> =>
    from.read(buffer).catch((error: unknown) => {
      close(to);
      throw error;
    });
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- no faster than it is taken
      const length = await read();
      if (length === null) break;
      // oxlint-disable-next-line no-await-in-loop
      await writeAll(to, buffer.subarray(0, length));
    }
    await to.closeWrite();
  } catch {
    // Said by the other direction.
  }
}

async function writeAll(to: DenoConnection, bytes: Readonly<Uint8Array>): Promise<void> {
  let left = bytes.subarray();
  // oxlint-disable-next-line no-await-in-loop
  while (left.length > 0) left = left.subarray(await to.write(left));
}

function close(connection: DenoConnection): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}
