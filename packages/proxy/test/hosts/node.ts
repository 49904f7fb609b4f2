import http from 'node:http';
import process from 'node:process';
import { Readable } from 'node:stream';

import { answer } from './answer.ts';

/** The least that puts a fetch handler behind node:http: streams, aborts, header fields one by one. */
const server = http.createServer((incoming, outgoing) => {
  void serve(incoming, outgoing).catch(() => {
    // A method that no Request can have, or a body that broke under way.
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(501).end();
  });
});

async function serve(incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  const response = await answer(toRequest(incoming, gone.signal), incoming.socket.remoteAddress);
  outgoing.statusCode = response.status;
  outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  outgoing.flushHeaders();
  if (response.body === null) {
    outgoing.end();
    return;
  }
  for await (const chunk of response.body) {
    if (!outgoing.write(chunk)) await drained(outgoing);
    if (outgoing.destroyed) return;
  }
  outgoing.end();
}

function toRequest(incoming: http.IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '');
  }
  const { method = 'GET', url = '/' } = incoming;
  const bodiless = method === 'GET' || method === 'HEAD';
  const init: RequestInit & { readonly duplex: 'half' } = {
    method,
    headers,
    body: bodiless ? null : toStream(incoming),
    duplex: 'half',
    signal,
  };
  return new Request(`http://${incoming.headers.host ?? 'unknown'}${url}`, init);
}

function toStream(incoming: http.IncomingMessage): ReadableStream {
  const stream: unknown = Readable.toWeb(incoming);
  if (stream instanceof ReadableStream) return stream;
  throw new TypeError('Readable.toWeb gave no ReadableStream');
}

function drained(outgoing: http.ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('drain', resolve);
    outgoing.once('close', resolve);
  });
}

server.listen(Number(process.argv[2]), '127.0.0.1');
