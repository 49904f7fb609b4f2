import type { Bridge, BridgedSocket, Message, Side } from './bridge.ts';

/** A WebSocket of the runtime, with what some have besides. */
export interface RuntimeWebSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  readonly protocol: string;
  send(message: Message): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'error', listener: (event: Event) => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: Message }) => void): void;
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
  readonly pause?: () => void;
  readonly resume?: () => void;
  readonly terminate?: () => void;
}

/** What a bridge needs of a WebSocket. */
function bridgedSocket(socket: RuntimeWebSocket): BridgedSocket {
  return {
    buffered: () => socket.bufferedAmount,
    send: (message) => socket.send(message),
    close: (code, reason) => {
      try {
        socket.close(code, reason);
      } catch {
        // The WebSocket standard lets a client send 1000 and 3000 to 4999 alone. Better no code than an untrue one.
        socket.close();
      }
    },
    ...(socket.pause !== undefined && { pause: () => socket.pause?.() }),
    ...(socket.resume !== undefined && { resume: () => socket.resume?.() }),
    ...(socket.terminate !== undefined && { terminate: () => socket.terminate?.() }),
  };
}

/** Tells the bridge what comes from a WebSocket, which must not be open yet. */
export function attachWebSocket(socket: RuntimeWebSocket, side: Side, bridge: Bridge): void {
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => bridge.open(side, bridgedSocket(socket)));
  socket.addEventListener('message', ({ data }) => bridge.receive(side, data));
  socket.addEventListener('close', ({ code, reason }) => bridge.end(side, code, reason));
}
