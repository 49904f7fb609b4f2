/**
 * Clients, in a process of their own, that open connections and keep them. They are told `open` with addresses, and at which of
 * them a connection that is idle for 5 seconds is closed: there they ask before that. They are told `ask` to have a request sent on each connection that is open; they answer with how many were answered. Told `pulse` with an address, they
 * ask there every 5 ms until they are told `rest`; then they answer with the longest that they waited for an answer.
 */
import { once } from 'node:events';
import net from 'node:net';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';

/** What the process is told. */
export type Told =
  | { readonly open: readonly string[]; readonly keep: string }
  | { readonly ask: true }
  | { readonly pulse: string }
  | { readonly rest: true };

/** What it answers. */
export interface Answered {
  readonly open: number;
  readonly answered: number;
  /** Milliseconds, of a pulse. */
  readonly longest?: number;
  /** Requests of a pulse that were not answered with 200. */
  readonly failed?: number;
}

/** How many are busy at the same time. */
const AT_ONCE = 200;
const REQUEST = 'GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n';
/** An answer to its end, with a length or in chunks. */
const COMPLETE = /\r\n\r\n(?:ok|.*\r\n0\r\n\r\n)$/s;
const PULSE = 5;
const KEEP = 3000;
const sockets: net.Socket[] = [];
/** Connections that wait for an answer. */
const asked = new WeakMap<net.Socket, Promise<boolean>>();
let pulse: Promise<Omit<Answered, 'open'>> | undefined;
let rest = new AbortController();

process.on('message', (told: Told) => {
  void (async () => {
    const answered = await done(told);
    const live = sockets.filter((socket) => !socket.destroyed).length;
    process.send?.({ open: live, ...answered } satisfies Answered);
  })();
});

async function done(told: Told): Promise<Omit<Answered, 'open'>> {
  if ('open' in told) {
    return { answered: await eachOf(told.open, (at) => open(at, at === told.keep)) };
  }
  if ('ask' in told) return { answered: await eachOf(sockets, ask) };
  if ('rest' in told) {
    rest.abort();
    return (await pulse) ?? { answered: 0 };
  }
  rest = new AbortController();
  pulse = pulsing(told.pulse, rest.signal);
  return { answered: 0 };
}

/** Asks on a connection again and again, for as long as it is open. */
async function keep(socket: net.Socket): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- again and again
  while (await ask(socket)) await setTimeout(KEEP);
}

async function pulsing(at: string, resting: AbortSignal): Promise<Omit<Answered, 'open'>> {
  const socket = await connect(at);
  if (socket === undefined) return { answered: 0, failed: 1 };
  let [answered, failed, longest] = [0, 0, 0];
  while (!resting.aborted) {
    const began = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    if (await ask(socket)) answered += 1;
    else failed += 1;
    const took = performance.now() - began;
    longest = Math.max(longest, took);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await setTimeout(Math.max(0, PULSE - took));
  }
  socket.destroy();
  return { answered, failed, longest };
}

async function eachOf<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<boolean>,
): Promise<number> {
  const waiting = items.values();
  let good = 0;
  const worker = async (): Promise<void> => {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, in each of the workers
    for (const item of waiting) if (await work(item)) good += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return good;
}

async function open(at: string, isKept: boolean): Promise<boolean> {
  const socket = await connect(at);
  if (socket === undefined) return false;
  sockets.push(socket);
  if (isKept) void keep(socket);
  return ask(socket);
}

async function connect(at: string): Promise<net.Socket | undefined> {
  const [host = '', port = ''] = at.split(':');
  const socket = net.connect(Number(port), host);
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect');
    return socket;
  } catch {
    return undefined;
  }
}

/** Whether the connection answers a request, or the one that was sent before. */
function ask(socket: net.Socket): Promise<boolean> {
  if (socket.destroyed) return Promise.resolve(false);
  const before = asked.get(socket);
  if (before !== undefined) return before;
  const answer = new Promise<boolean>((resolve) => {
    const settle = (isAnswered: boolean): void => {
      asked.delete(socket);
      socket.off('close', closed);
      socket.off('data', read);
      resolve(isAnswered);
    };
    const closed = (): void => settle(false);
    let text = '';
    const read = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      if (COMPLETE.test(text)) settle(text.startsWith('HTTP/1.1 200'));
    };
    socket.on('close', closed);
    socket.on('data', read);
    socket.write(REQUEST);
  });
  asked.set(socket, answer);
  return answer;
}
