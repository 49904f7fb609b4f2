import { once } from 'node:events';
import net from 'node:net';

/** A client that sends bytes and hears bytes. */
export interface RawClient {
  readonly socket: net.Socket;
  /** Latin-1. */
  readonly send: (text: string) => void;
  /** All that has come so far, in Latin-1. */
  readonly heard: () => string;
  /** Waits until the text has come. */
  readonly until: (text: string) => Promise<string>;
  /** Waits until the connection is closed: what came before, and whether it ended as it should. */
  readonly closed: Promise<{ readonly heard: string; readonly reset: boolean }>;
}

export async function connect(port: number): Promise<RawClient> {
  const socket = net.connect(port, '127.0.0.1');
  let heard = '';
  let reset = false;
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => (heard += text));
  socket.on('error', () => (reset = true));
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  }).then(() => ({ heard, reset }));
  await once(socket, 'connect');
  const until = async (text: string): Promise<string> => {
    while (!heard.includes(text)) {
      if (socket.closed) throw new Error(`closed, having said ${heard}`);
      await Promise.race([once(socket, 'data'), closed]);
    }
    return heard;
  };
  return {
    socket,
    send: (text) => socket.write(text, 'latin1'),
    heard: () => heard,
    until,
    closed,
  };
}

/** Sends bytes and waits until the other side closes the connection. */
export async function exchange(port: number, text: string): Promise<string> {
  const client = await connect(port);
  client.send(text);
  const { heard } = await client.closed;
  return heard;
}

/** Status and reason of a refusal. */
export function refusalIn(heard: string): { readonly status: number; readonly reason: unknown } {
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(heard) ?? [];
  const body: unknown = JSON.parse(heard.slice(heard.indexOf('\r\n\r\n') + 4));
  const reason = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : body;
  return { status: Number(status), reason };
}
