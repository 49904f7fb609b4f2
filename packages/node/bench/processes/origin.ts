import net from 'node:net';
import process from 'node:process';

import { portOf } from '../../../proxy/test/port/port.ts';
import { messageLength } from './message-length.ts';

/** Answers every request with the same small page. It reads no more of HTTP than it must, to leave the machine to the proxy. */
const PAGE = JSON.stringify({ ahoy: 'x'.repeat(90) });
const ANSWER = Buffer.from(
  [
    'HTTP/1.1 200 OK',
    'Date: Sun, 01 Nov 2026 00:00:00 GMT',
    'Content-Type: application/json',
    'Cache-Control: no-cache',
    'ETag: "1"',
    `Content-Length: ${PAGE.length}`,
    '',
    PAGE,
  ].join('\r\n'),
);

const server = net.createServer({ noDelay: true }, (socket) => {
  let rest = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (let length = messageLength(rest); length > 0; length = messageLength(rest)) {
      rest = rest.slice(length);
      socket.write(ANSWER);
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(portOf(server)));
