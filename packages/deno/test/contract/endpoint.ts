import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { WebSocketServer, type WebSocket } from 'ws';

/** What an endpoint does with a WebSocket. */
export type Behaviour = (socket: WebSocket) => void;

/** A WebSocket server in this process, whose paths behave differently. */
export class Endpoint {
  readonly #server = createServer();
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 256 * 1024 * 1024,
    // The last of those asked for. Who asks for `none` gets none, and at one path nobody gets what they asked for.
    handleProtocols: (protocols, { url }) => {
      if (url === '/unasked') return 'unasked';
      return protocols.has('none') ? false : ([...protocols].at(-1) ?? false);
    },
  });
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #answers = new Map<string, string>();
  readonly #asked = new Map<string, (request: IncomingMessage) => void>();
  readonly #gone = new Map<string, () => void>();

  async start(): Promise<string> {
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head) => {
      const path = request.url ?? '';
      socket.on('error', () => undefined);
      socket.on('close', () => this.#gone.get(path)?.());
      const behaviour = this.#behaviours.get(path);
      const answer = this.#answers.get(path);
      if (behaviour !== undefined) this.#sockets.handleUpgrade(request, socket, head, behaviour);
      else if (answer !== undefined) socket.end(answer);
      else socket.resume().once('end', () => socket.end());
      this.#asked.get(path)?.(request);
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new TypeError('it has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Opens WebSockets at a path. */
  on(path: string, behaviour: Behaviour): void {
    this.#behaviours.set(path, behaviour);
  }

  /** Answers something else at a path; nothing at all where neither is said. */
  answer(path: string, message: string): void {
    this.#answers.set(path, message);
  }

  /** Resolves when a request for the path comes in. */
  asked(path: string): Promise<IncomingMessage> {
    return new Promise((resolve) => this.#asked.set(path, resolve));
  }

  /** Resolves when the connection of such a request is over. */
  gone(path: string): Promise<void> {
    return new Promise((resolve) => this.#gone.set(path, resolve));
  }

  stop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
