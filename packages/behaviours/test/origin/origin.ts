import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import type { Duplex } from 'node:stream';

import { portOf } from '../../../proxy/test/port/port.ts';

/** A real HTTP server to which behaviours bring the answers. */
export interface Origin {
  readonly port: number;
  /** Answers requests below a path of its own, which is returned: `/1`, `/2`, … */
  readonly on: (handler: http.RequestListener) => string;
  /** Takes over connections that ask for an upgrade, likewise. */
  readonly onUpgrade: (handler: UpgradeListener) => string;
  readonly close: () => Promise<void>;
}

export type UpgradeListener = (request: http.IncomingMessage, socket: Duplex) => void;

export async function startOrigin(): Promise<Origin> {
  const handlers = new Map<string, http.RequestListener>();
  const upgrades = new Map<string, UpgradeListener>();
  const server = http.createServer((request, response) => {
    const handler = handlers.get(pathOf(request));
    if (handler) handler(request, response);
    else response.writeHead(421).end();
  });
  server.on('upgrade', (request, socket) => {
    const handler = upgrades.get(pathOf(request));
    if (handler) handler(request, socket);
    else socket.destroy();
  });
  let paths = 0;
  const add = <Handler>(to: Map<string, Handler>, handler: Handler): string => {
    const path = `/${(paths += 1)}`;
    to.set(path, handler);
    return path;
  };
  // Behaviours decide how long a request may take.
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    on: (handler) => add(handlers, handler),
    onUpgrade: (handler) => add(upgrades, handler),
    close: () => closed(server),
  };
}

function pathOf({ url = '' }: http.IncomingMessage): string {
  return /^\/\d+/.exec(url)?.[0] ?? '';
}

/** A real HTTP server with one answer for everything. */
export async function startSimpleOrigin(
  handler: http.RequestListener,
): Promise<Pick<Origin, 'close' | 'port'>> {
  const server = http.createServer(handler);
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: portOf(server), close: () => closed(server) };
}

async function closed(server: http.Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** A server that says exactly the given bytes to whoever sends a whole header, then what `after` does. */
export async function startRawOrigin(
  answer: string,
  after: (socket: net.Socket) => void = () => undefined,
): Promise<{ readonly port: number; readonly close: () => void }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let received = '';
    socket.on('data', (data) => {
      received += data.toString('latin1');
      if (!received.includes('\r\n\r\n')) return;
      received = '';
      socket.write(answer, 'latin1', () => after(socket));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
