import dgram, { type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

import { plainAddress } from '../address/socket-address.ts';
import type { Listener } from '../listeners/listener.ts';
import type { ListenAt } from '../listeners/listeners.ts';
import type { Relaying } from '../relaying/relaying.ts';
import { boundedSend } from './bounded-send.ts';
import { Session } from './session.ts';

/**
 * Sessions end with their listener: nobody else could answer from its address and port.
 *
 * @param all The sessions of all listeners: the one that was used last comes last.
 * @throws the system's error where it can't be listened there.
 */
export async function listenUDP(
  at: ListenAt,
  relaying: Relaying,
  all: Set<Session>,
): Promise<Listener> {
  const sessions = new Map<string, Session>();
  const socket = dgram.createSocket(isIPv6(at.address) ? 'udp6' : 'udp4');
  socket.on('error', () => undefined);
  socket.bind({ address: at.address, port: at.port });
  try {
    await once(socket, 'listening');
  } catch (error) {
    socket.close();
    throw error;
  }
  const send = boundedSend(socket);
  let isClosed = false;

  function sessionOf(client: RemoteInfo): Session | undefined {
    const key = `${client.address} ${client.port}`;
    const open = sessions.get(key);
    if (open?.isCurrent()) return open;
    open?.end('EndpointGone');

    const startedAt = performance.now();
    const clientAddress = plainAddress(client.address);
    const known = { ...at, clientAddress, clientPort: client.port };
    const knocked = { host: plainAddress(at.address), port: at.port };
    const decide = () => relaying.decide(at, knocked, clientAddress);
    const decision = decide();
    if (decision.outcome === 'refuse') {
      const duration = performance.now() - startedAt;
      relaying.observe({ ...known, bytesIn: 0, bytesOut: 0, duration, reason: decision.reason });
      return undefined;
    }
    const [oldest] = all.size < relaying.maxSessions ? [] : all;
    oldest?.end('TooManySessions');
    const session: Session = new Session({
      relaying,
      decision,
      decideAgain: decide,
      answer: (data) => {
        if (!isClosed) send(data, () => undefined, client);
      },
      onUse: () => {
        all.delete(session);
        all.add(session);
      },
      onEnd: (ended) => {
        all.delete(session);
        sessions.delete(key);
        relaying.observe({ ...known, ...ended });
      },
    });
    sessions.set(key, session);
    all.add(session);
    return session;
  }

  socket.on('message', (data, client) => {
    // Nobody sends from there but who pretends to: the answer would come back as another question.
    if (relaying.isOwn('UDP', client)) return;
    sessionOf(client)?.send(data);
  });
  const breakOff = (reason: string): void => {
    for (const session of sessions.values()) session.end(reason);
  };
  return {
    at,
    clients: () => sessions.size,
    close: () => {
      isClosed = true;
      breakOff('ListenerClosed');
      return new Promise((resolve) => {
        socket.close(resolve);
      });
    },
    breakOff,
    left: () => Promise.resolve(),
  };
}
