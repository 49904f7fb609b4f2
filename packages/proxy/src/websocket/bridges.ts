import type { UpgradeResult } from '../host/host-request.ts';
import { Bridge } from './bridge.ts';
import { openEndpointSocket, type Connect } from './endpoint-socket.ts';

/** How a runtime passes WebSockets on. */
export interface WebSocketRuntime {
  readonly connect: Connect;
  /**
   * Accepts the client, and tells the bridge of it from then on.
   *
   * @param protocol The subprotocol that the endpoint chose; empty: none.
   * @returns What stands for the accepted connection; `undefined` where the client has gone.
   */
  readonly accept: (protocol: string, bridge: Bridge) => Response | undefined;
}

/** The WebSockets that a server passes on, where the runtime has a WebSocket client that sends header fields. */
export class Bridges {
  readonly #maxBuffered: number;
  readonly #bridges = new Set<Bridge>();

  /** @param maxBuffered Bytes that may wait for one side of a WebSocket; 16 MiB by default. See `Bridge`. */
  constructor(maxBuffered: number = 16 * 1024 * 1024) {
    this.#maxBuffered = maxBuffered;
  }

  /**
   * `Upgrade` of a request: first opens the WebSocket at the endpoint, then accepts the client with the subprotocol that the
   * endpoint chose.
   *
   * @param gone Aborts when the client goes away.
   */
  async pass(
    outgoing: Request,
    gone: AbortSignal,
    { connect, accept }: WebSocketRuntime,
  ): Promise<UpgradeResult> {
    const bridge = new Bridge(this.#maxBuffered);
    this.#bridges.add(bridge);
    void bridge.closed.then(() => this.#bridges.delete(bridge));
    let response: Response | undefined;
    try {
      const signal = AbortSignal.any([gone, outgoing.signal]);
      const opened = await openEndpointSocket(outgoing, signal, bridge, connect);
      if ('status' in opened) return { upgraded: false, response: opened };
      gone.throwIfAborted();
      response = accept(opened.protocol, bridge);
    } finally {
      if (response === undefined) bridge.end('client');
    }
    if (response === undefined) throw new DOMException('the client has gone', 'AbortError');
    return { upgraded: true, response, closed: bridge.closed };
  }

  /** Closes them all with 1001 (Going Away). */
  close(): void {
    for (const bridge of this.#bridges) bridge.close(1001, 'The gateway is shutting down');
  }
}
