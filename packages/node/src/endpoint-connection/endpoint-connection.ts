import type { Socket } from 'node:net';

import { ResponseParser, type ResponseEvents } from '../response-parser/response-parser.ts';

/** What happens on a connection while a request is under way. */
export interface ConnectionEvents extends ResponseEvents {
  /** The response broke off, or was none. Nothing else follows, and the connection is closed. */
  readonly onFail: (error: Error) => void;
}

/** A connection to an endpoint, on which requests are sent one after another. */
export class EndpointConnection {
  readonly socket: Socket;
  #parser: ResponseParser | undefined;
  #events: ConnectionEvents | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', this.#onData);
    socket.on('end', this.#onFinish);
    socket.on('error', this.#onError);
    socket.on('close', this.#onClose);
  }

  /** Listens to the response to a request that is about to be written. */
  listen(method: string, events: ConnectionEvents): void {
    this.#events = events;
    this.#parser = new ResponseParser(method, {
      onInterim: events.onInterim,
      onSwitch: (head, rest) => {
        this.#leave();
        events.onSwitch(head, rest);
      },
      onHead: events.onHead,
      onData: events.onData,
      onEnd: (isReusable) => {
        this.#parser = undefined;
        this.#events = undefined;
        events.onEnd(isReusable);
      },
    });
  }

  /** Closes the connection, and has what is under way fail. */
  destroy(error: Error): void {
    this.#parser?.stop();
    this.#parser = undefined;
    const events = this.#events;
    this.#events = undefined;
    this.socket.destroy();
    events?.onFail(error);
  }

  /** The socket is somebody else's from now on. */
  #leave(): void {
    this.#parser = undefined;
    this.#events = undefined;
    this.socket.off('data', this.#onData);
    this.socket.off('end', this.#onFinish);
    this.socket.off('close', this.#onClose);
  }

  readonly #onData = (bytes: Buffer): void => {
    // Nobody has asked for anything: RFC 9112 section 9.2.
    if (this.#parser === undefined) {
      this.socket.destroy();
      return;
    }
    try {
      this.#parser.receive(bytes);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };

  readonly #onFinish = (): void => {
    if (this.#parser?.finish() !== true)
      this.destroy(new Error('the endpoint closed the connection'));
  };

  readonly #onError = (error: Error): void => this.destroy(error);

  readonly #onClose = (): void => this.destroy(new Error('the endpoint closed the connection'));
}
