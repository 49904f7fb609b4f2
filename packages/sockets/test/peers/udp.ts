import dgram from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

import { until } from './until.ts';

/** A socket for datagrams, and what it got. */
export interface UDPPeer extends AsyncDisposable {
  readonly socket: dgram.Socket;
  readonly port: number;
  readonly got: readonly { readonly data: Buffer; readonly from: dgram.RemoteInfo }[];
  readonly texts: () => readonly string[];
  /** Resolves when so many have come. */
  readonly gets: (count: number) => Promise<void>;
  readonly send: (data: Uint8Array | string, port: number, host?: string) => Promise<void>;
}

export async function udp(
  onMessage: (peer: UDPPeer, data: Buffer, from: dgram.RemoteInfo) => void = () => undefined,
  host = '127.0.0.1',
): Promise<UDPPeer> {
  const socket = dgram.createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  socket.bind(0, host);
  await once(socket, 'listening');
  const got: { data: Buffer; from: dgram.RemoteInfo }[] = [];
  const each: UDPPeer = {
    socket,
    port: socket.address().port,
    got,
    texts: () => got.map(({ data }) => data.toString('latin1')),
    gets: (count) => until(() => got.length >= count),
    send: (data, port, to = host) =>
      new Promise((resolve, reject) => {
        socket.send(data, port, to, (error) => (error === null ? resolve() : reject(error)));
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        socket.close(() => resolve());
      }),
  };
  socket.on('error', () => undefined);
  socket.on('message', (data, from) => {
    got.push({ data, from });
    onMessage(each, data, from);
  });
  return each;
}

export function udpEcho(): Promise<UDPPeer> {
  return udp((each, data, from) => void each.send(data, from.port, from.address));
}

/** Answers with its name. */
export function udpNamed(name: string): Promise<UDPPeer> {
  return udp((each, _, from) => void each.send(name, from.port, from.address));
}
