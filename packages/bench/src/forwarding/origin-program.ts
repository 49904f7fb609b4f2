/** The origin where nginx is not installed. It reads no more of HTTP than it must, to leave the machine to what is measured. */
import net from 'node:net';

import { portOf } from './free-port.ts';
import { messageLength } from './message-length.ts';
import { PAGES } from './pages.ts';

const ANSWERS = Object.values(PAGES).map(({ path, body }) => ({
  path,
  answer: Buffer.from(
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  ),
}));

const server = net.createServer({ noDelay: true }, (socket) => {
  let rest = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (let length = messageLength(rest); length > 0; length = messageLength(rest)) {
      const [, target = ''] = rest.split(' ', 2);
      const found = ANSWERS.find(({ path }) => target.startsWith(path));
      if (found === undefined) throw new Error(`nobody has ${target}`);
      const isLast = /^connection: *close\r?$/im.test(rest.slice(0, length));
      rest = rest.slice(length);
      socket.write(found.answer);
      if (isLast) socket.end();
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: portOf(server) })}\n`);
});
