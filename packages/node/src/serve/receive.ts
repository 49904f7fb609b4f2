import type { IncomingMessage, ServerResponse } from 'node:http';

import { Aborter, type HostRequest, type RequestMessage, type Upgrade } from '@portolan/proxy';

import type { ClientConnection } from '../client-connection/client-connection.ts';
import { valuesOf } from '../field-lines/field-lines.ts';
import { FieldList } from '../field-lines/field-list.ts';
import { messageBody } from '../message-body/message-body.ts';
import type { RequestTarget } from '../request-target/request-target.ts';
import { plainAddress } from './plain-address.ts';
import { breakOff } from './respond.ts';

/** A request that has come in, and where its answer goes. */
export interface Arrival {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly connection: ClientConnection;
  /** The client waits for a 100 (Continue) before it sends content. */
  readonly expectsContinue?: boolean;
  /** Where the client wants to open a WebSocket. */
  readonly upgrade?: Upgrade;
}

/** A request as the handler gets it. */
export interface Received {
  readonly request: RequestMessage;
  readonly host: HostRequest;
  /** Whether the connection has become a WebSocket's. */
  readonly isUpgraded: () => boolean;
  /** To be called when the request is answered: what still comes of it is let go. */
  readonly release: () => void;
}

/**
 * What came in as the proxy takes it. Its signal aborts when the client leaves before it has its answer, or sends what can't be
 * read on; an answer that has begun is broken off then.
 */
export function receive(arrival: Arrival, target: RequestTarget): Received {
  const { incoming, outgoing, connection } = arrival;
  const { method = 'GET', rawHeaders, httpVersion, socket } = incoming;

  const headers = FieldList.of(rawHeaders);
  if (target.host !== undefined) headers.set('host', target.host);
  // An upgrade that is none is to be ignored: RFC 9110 section 7.8.
  if (arrival.upgrade === undefined) headers.delete('upgrade');

  const gone = new Aborter();
  const body = canHaveBody(method) && announcesContent(incoming) ? bodyOf(arrival) : undefined;
  const request: RequestMessage = {
    method,
    url: target.url.href,
    parts: target.url,
    headers,
    body: body?.stream ?? null,
    signal: gone,
  };

  const leave = (): void => {
    if (!outgoing.writableFinished) gone.abort(new Error('the client closed the connection'));
  };
  const give = (): void => {
    if (incoming.complete) return;
    gone.abort(connection.broken.reason);
    if (outgoing.headersSent) breakOff(outgoing);
  };
  outgoing.on('close', leave);
  connection.broken.addEventListener('abort', give);

  let upgraded = false;
  const { upgrade } = arrival;
  const host: HostRequest = {
    remoteAddress: plainAddress(socket.remoteAddress),
    httpVersion,
    ...(upgrade && {
      upgrade: async (endpoint) => {
        const result = await upgrade(endpoint);
        ({ upgraded } = result);
        return result;
      },
    }),
    ...(httpVersion !== '1.0' && { earlyHints: (hints) => writeEarlyHints(outgoing, hints) }),
  };
  const release = (): void => {
    connection.broken.removeEventListener('abort', give);
    if (body !== undefined) body.release('the request has been answered');
    else if (!incoming.complete || incoming.readableLength > 0) incoming.resume();
  };
  return { request, host, isUpgraded: () => upgraded, release };
}

/** Fetch standard, constructor of Request, step 36. */
function canHaveBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** RFC 9112 section 6.3: without either field a request has no content. */
export function announcesContent({ rawHeaders }: IncomingMessage): boolean {
  return (
    valuesOf(rawHeaders, 'transfer-encoding').length > 0 ||
    valuesOf(rawHeaders, 'content-length').some((length) => Number(length) > 0)
  );
}

function bodyOf({
  incoming,
  outgoing,
  expectsContinue = false,
}: Arrival): ReturnType<typeof messageBody> {
  let waits = expectsContinue;
  return messageBody(incoming, {
    pull: () => {
      // Not before somebody wants the content: RFC 9110 section 10.1.1.
      if (waits && !outgoing.headersSent) outgoing.writeContinue();
      waits = false;
    },
  });
}

/** Hints that `node:http` doesn't know the form of are left out, as RFC 8297 allows. */
function writeEarlyHints(outgoing: ServerResponse, hints: Headers): void {
  if (outgoing.headersSent || outgoing.destroyed) return;
  const { link, ...others } = Object.fromEntries(hints);
  try {
    outgoing.writeEarlyHints({ ...others, link: link?.split(/,\s*(?=<)/) ?? [] });
  } catch {
    // Only a hint.
  }
}
