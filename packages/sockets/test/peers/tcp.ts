import { once } from 'node:events';
import net from 'node:net';

import { until } from './until.ts';

/** One side of a connection, and what became of it. */
export interface Peer {
  readonly socket: net.Socket;
  /** All that came, in Latin-1. */
  readonly heard: () => string;
  /** `end`, `close`, and the codes of errors, in their order. */
  readonly events: readonly string[];
  /** Resolves when the text has come. */
  readonly hears: (text: string) => Promise<void>;
  /** Resolves when the event was. */
  readonly sees: (event: string) => Promise<void>;
}

/** A server that speaks bytes. */
export interface Server extends AsyncDisposable {
  readonly port: number;
  readonly peers: readonly Peer[];
  /** The next connection, or the first that there was. */
  readonly first: () => Promise<Peer>;
}

/** @param reads Whether it is read at all. */
function peer(socket: net.Socket, reads = true): Peer {
  let heard = '';
  const events: string[] = [];
  socket.on('end', () => events.push('end'));
  socket.on('close', () => events.push('close'));
  socket.on('error', (error) => events.push('code' in error ? String(error.code) : error.message));
  if (reads) {
    socket.on('data', (data) => {
      heard += data.toString('latin1');
    });
  }
  return {
    socket,
    events,
    heard: () => heard,
    hears: (text) => until(() => heard.includes(text)),
    sees: (event) => until(() => events.includes(event)),
  };
}

export async function serve(
  onPeer: (peer: Peer) => void = () => undefined,
  { reads = true, host = '127.0.0.1' }: { readonly reads?: boolean; readonly host?: string } = {},
): Promise<Server> {
  const peers: Peer[] = [];
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    const each = peer(socket, reads);
    peers.push(each);
    onPeer(each);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not listening on TCP');
  return {
    port: address.port,
    peers,
    first: async () => {
      await until(() => peers.length > 0);
      const [found] = peers;
      if (found === undefined) throw new Error('nobody came');
      return found;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const { socket } of peers) socket.destroy();
      await closed;
    },
  };
}

export function echo(): Promise<Server> {
  return serve(({ socket }) => socket.pipe(socket), { reads: false });
}

/** A server that says its name to who has ended, and ends. Before, what Deno's own server writes may be lost. */
export function named(name: string): Promise<Server> {
  return serve(({ socket }) => socket.once('end', () => socket.end(name)));
}

export async function connect(
  port: number,
  host = '127.0.0.1',
  localAddress?: string,
): Promise<Peer> {
  const socket = net.connect({
    port,
    host,
    allowHalfOpen: true,
    ...(localAddress !== undefined && { localAddress }),
  });
  const client = peer(socket);
  await until(() => !socket.connecting);
  return client;
}

/** What a server says to a client that says nothing. */
export async function ask(port: number, host?: string, localAddress?: string): Promise<string> {
  const client = await connect(port, host, localAddress);
  client.socket.end();
  await client.sees('close');
  return client.events.includes('ECONNRESET') ? 'reset' : client.heard();
}

/** A port of this machine that nobody listens at. */
export async function unusedPort(): Promise<number> {
  await using server = await serve();
  return server.port;
}
