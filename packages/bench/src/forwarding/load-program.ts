/** Makes a load where wrk is not installed, and tells how many requests were answered. */
import net, { type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import tls from 'node:tls';

import type { LoadResult, LoadTask } from './load.ts';
import { messageLength } from './message-length.ts';
import { FIELDS, PAGES, UPLOAD } from './pages.ts';

const task: LoadTask = JSON.parse(process.argv[2] ?? '');
const { page, method, connections, closes, isSecure, port, seconds } = task;
const { path, body } = PAGES[page];

const content = method === 'POST' ? UPLOAD : '';
const fields = {
  ...FIELDS,
  ...(closes && { Connection: 'close' }),
  ...(method === 'POST' && {
    'Content-Type': 'application/json',
    'Content-Length': content.length,
  }),
};
const REQUEST = [
  `${method} ${path} HTTP/1.1`,
  ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
  '',
  content,
].join('\r\n');

let requests = 0;
let isOver = false;

function connect(): void {
  const to = { port, host: '127.0.0.1' };
  const socket: Socket = isSecure
    ? tls.connect({ ...to, servername: 'shop.example', rejectUnauthorized: false })
    : net.connect({ ...to, noDelay: true });
  let chunks: Buffer[] = [];
  let size = 0;
  socket.on(isSecure ? 'secureConnect' : 'connect', () => socket.write(REQUEST));
  socket.on('error', (error) => {
    if (!isOver) throw error;
  });
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < body.length) return;
    const text = Buffer.concat(chunks).toString('latin1');
    if (messageLength(text) === 0) return;
    if (!text.startsWith('HTTP/1.1 200 ')) throw new Error(text.slice(0, 1000));
    requests += 1;
    chunks = [];
    size = 0;
    if (!closes) {
      socket.write(REQUEST);
    } else {
      socket.destroy();
      if (!isOver) connect();
    }
  });
}

const startedAt = performance.now();
for (let opened = 0; opened < connections; opened += 1) connect();
const timer = setInterval(() => {
  // However slow the machine is: a figure needs a request.
  if (requests === 0) return;
  clearInterval(timer);
  isOver = true;
  const result: LoadResult = { requests, seconds: (performance.now() - startedAt) / 1000 };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
}, seconds * 1000);
