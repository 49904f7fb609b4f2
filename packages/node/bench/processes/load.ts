import net from 'node:net';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

import { messageLength } from './message-length.ts';

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
}

const [port, method = 'GET', connections, seconds] = process.argv.slice(2);

/** What a browser's script sends, more or less. */
const CONTENT = method === 'POST' ? JSON.stringify({ order: 'y'.repeat(50) }) : '';
const REQUEST = [
  `${method} /cart/items/7?sort=name HTTP/1.1`,
  'Host: shop.example',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Accept: application/json, text/plain, */*',
  'Accept-Language: en',
  'Accept-Encoding: gzip, deflate, br',
  'Cookie: theme=dark; lang=en',
  ...(CONTENT === ''
    ? []
    : ['Content-Type: application/json', `Content-Length: ${CONTENT.length}`]),
  '',
  CONTENT,
].join('\r\n');

let requests = 0;
const sockets = Array.from({ length: Number(connections) }, () => {
  const socket = net.connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
  let rest = '';
  socket.on('connect', () => socket.write(REQUEST));
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    const length = messageLength(rest);
    if (length === 0) return;
    if (!rest.startsWith('HTTP/1.1 200 ')) throw new Error(rest);
    rest = rest.slice(length);
    requests += 1;
    socket.write(REQUEST);
  });
  return socket;
});
const startedAt = performance.now();
setTimeout(
  () => {
    const result: LoadResult = { requests, seconds: (performance.now() - startedAt) / 1000 };
    process.send?.(result);
    for (const socket of sockets) socket.destroy();
    process.disconnect?.();
  },
  Number(seconds) * 1000,
);
