/** The endpoint that all forward to, run in a process of its own. */
import net, { type Socket } from 'node:net';

import { portOf } from '../../forwarding/free-port.ts';
import { CHUNK, STREAM } from './protocol.ts';

const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
  // Streams are broken off.
  socket.on('error', () => undefined);
  socket.once('data', (first) => {
    if (first[0] === STREAM) {
      socket.on('drain', () => pour(socket));
      pour(socket);
    } else {
      socket.write(first);
      socket.pipe(socket);
    }
  });
});

function pour(socket: Socket): void {
  while (socket.write(CHUNK));
}

server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.stdout.write(`${JSON.stringify({ port: portOf(server) })}\n`);
});
