import { once } from 'node:events';
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { portOf } from '../../../proxy/test/port/port.ts';
import type { OddAnswer } from './odd-answers.ts';

/** Milliseconds between the parts of an answer. */
const PAUSE = 20;

/** A server that answers a request for `/canary` as it should, and any other oddly. */
export async function startOddOrigin({
  first,
  later = '',
}: Pick<OddAnswer, 'first' | 'later'>): Promise<{
  readonly port: number;
  readonly close: () => void;
}> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    sockets.add(client);
    client.once('close', () => sockets.delete(client));
    client.on('error', () => undefined);
    let pending = '';
    client.on('data', (data) => {
      pending += data.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const isCanary = pending.slice(0, end).startsWith('GET /canary ');
        pending = pending.slice(end + 4);
        if (isCanary) {
          client.write('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ncanary');
        } else {
          client.write(first, 'latin1');
          void setTimeout(PAUSE).then(() => client.write(later, 'latin1'));
        }
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    close: () => {
      for (const client of sockets) client.destroy();
      server.close();
    },
  };
}
