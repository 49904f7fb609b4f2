/** Clients, run in a process of their own. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

import type { Done, Task } from './load.ts';
import { isAnswer, queriesOf } from './message.ts';
import { KINDS } from './zone.ts';

const task: Task = JSON.parse(process.argv[2] ?? '');
const kind = KINDS.find(({ name }) => name === task.kind);
if (kind === undefined) throw new RangeError(`nobody asks for ${task.kind}`);
const queries = queriesOf(kind);

/** Milliseconds after which an answer is lost: nothing is on this machine while sockets have room. */
const LOST = 2000;

/** What is under way, by its id, and since when. */
const underWay = new Map<number, { readonly query: Buffer; readonly sentAt: number }>();
let sent = 0;
let answered = 0;

const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
const connected = once(socket, 'connect');
socket.connect(task.port, '127.0.0.1');
await connected;

socket.on('message', (message) => {
  const asked = underWay.get(message.readUInt16BE(0));
  if (asked === undefined || !isAnswer(message, asked.query, kind)) {
    throw new Error(`no answer for ${kind.name}: ${message.toString('hex')}`);
  }
  underWay.delete(message.readUInt16BE(0));
  answered += 1;
  ask();
});

function ask(): void {
  const query = queries[sent % queries.length];
  if (query === undefined) throw new RangeError('there is nothing to ask');
  const id = sent & 0xffff;
  query.writeUInt16BE(id, 0);
  underWay.set(id, { query, sentAt: performance.now() });
  sent += 1;
  socket.send(query);
}

const startedAt = performance.now();
for (let index = 0; index < task.outstanding; index += 1) ask();
const timer = setInterval(() => {
  const now = performance.now();
  const oldest = Math.min(...Array.from(underWay.values(), ({ sentAt }) => sentAt));
  if (now - oldest > LOST) throw new Error(`an answer for ${kind.name} was lost`);
  // However slow the machine is: a figure needs an answer.
  if (answered === 0 || now - startedAt < task.seconds * 1000) return;
  clearInterval(timer);
  const done: Done = { queries: answered, seconds: (now - startedAt) / 1000 };
  process.stdout.write(`${JSON.stringify(done)}\n`, () => process.exit());
}, 10);
