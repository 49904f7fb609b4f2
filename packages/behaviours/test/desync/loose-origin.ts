import { once } from 'node:events';
import net from 'node:net';

import { portOf } from '../../../proxy/test/port/port.ts';

/** What an origin took for a request. */
interface Taken {
  readonly method: string;
  readonly target: string;
  /** Of X-Request-Id. */
  readonly ids: readonly string[];
  readonly body: string;
}

export interface LooseOrigin {
  readonly port: number;
  readonly taken: readonly Taken[];
  readonly close: () => void;
}

/**
 * An origin that takes whatever could be meant as a request: lines end where there is an LF, whatever looks like
 * Transfer-Encoding or Content-Length frames, and a chunk is as large as its first digits say. It answers each with the target
 * that it saw.
 */
export async function startLooseOrigin(): Promise<LooseOrigin> {
  const taken: Taken[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let pending = '';
    socket.on('data', (data) => {
      pending += data.toString('latin1');
      for (let read = readLoosely(pending); read !== undefined; read = readLoosely(pending)) {
        const { request, end } = read;
        pending = pending.slice(end);
        taken.push(request);
        const body = request.method === 'HEAD' ? '' : request.target;
        socket.write(
          `HTTP/1.1 200 OK\r\nX-Target: ${request.target}\r\nContent-Length: ${request.target.length}\r\n\r\n${body}`,
          'latin1',
        );
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    taken,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function readLoosely(text: string): { readonly request: Taken; readonly end: number } | undefined {
  const head = /^\s*([^]*?)\r?\n\r?\n/.exec(text);
  if (head === null) return undefined;
  const [whole, section = ''] = head;
  const [start = '', ...lines] = section.split(/[\r\n]+/);
  const [method = '', target = ''] = start.split(/\s+/);
  const valuesOf = (name: RegExp): readonly string[] =>
    lines.filter((line) => name.test(line)).map((line) => line.slice(line.indexOf(':') + 1).trim());
  const isChunked = valuesOf(/^\W*transfer\W?encoding/i).some((value) => /chunked/i.test(value));
  const [length = '0'] = valuesOf(/^\W*content\W?length/i);
  const content = isChunked
    ? chunksOf(text, whole.length)
    : {
        body: text.slice(whole.length, whole.length + Number.parseInt(length, 10)),
        end: whole.length + Number.parseInt(length, 10),
      };
  if (content === undefined || content.end > text.length) return undefined;
  const request = { method, target, ids: valuesOf(/^x-request-id:/i), body: content.body };
  return { request, end: content.end };
}

function chunksOf(
  text: string,
  begin: number,
): { readonly body: string; readonly end: number } | undefined {
  let body = '';
  let at = begin;
  for (;;) {
    const line = /^[^\n]*\n/.exec(text.slice(at))?.[0];
    if (line === undefined) return undefined;
    at += line.length;
    const size = Number.parseInt(line, 16) || 0;
    if (size === 0) {
      const last = /^(?:[^\n]*[^\r\n][^\n]*\n)*\r?\n/.exec(text.slice(at))?.[0];
      return last === undefined ? undefined : { body, end: at + last.length };
    }
    body += text.slice(at, at + size);
    at += size;
    const lineEnd = /^\r?\n/.exec(text.slice(at))?.[0];
    if (lineEnd === undefined && text.length < at + 2) return undefined;
    at += lineEnd?.length ?? 0;
  }
}
