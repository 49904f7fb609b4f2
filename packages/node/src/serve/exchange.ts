import type { IncomingMessage, ServerResponse } from 'node:http';

import { authority } from '@portolan/core';
import {
  handshakeFailure,
  isWholeBody,
  toRequest,
  type AbortSource,
  type Answer,
  type Handler,
} from '@portolan/proxy';

import { valuesOf } from '../field-lines/field-lines.ts';
import { FieldList } from '../field-lines/field-list.ts';
import { messageFault, type MessageLimits } from '../message-fault/message-fault.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { requestTarget, type RequestTarget } from '../request-target/request-target.ts';
import { nextTurn } from './next-turn.ts';
import { plainAddress } from './plain-address.ts';
import { receive, type Arrival, type Received } from './receive.ts';
import { refuse, respond } from './respond.ts';

export interface ExchangeOptions {
  readonly handler: Handler;
  readonly limits: MessageLimits;
  readonly scheme: 'http' | 'https';
  /** Is told what the handler rejected with. */
  readonly onError: (error: unknown) => void;
  /** Whether the server takes no more requests. */
  readonly isClosing: () => boolean;
}

/** Answers one request. Resolves when the answer is sent, or when there is nobody to send it to. */
export async function exchange(arrival: Arrival, options: ExchangeOptions): Promise<void> {
  const { incoming, outgoing, connection } = arrival;
  // Said again by `close`.
  outgoing.on('error', () => undefined);
  // What is wrong with it is said in its turn.
  if (connection.broken.aborted && !incoming.complete) return;
  const target = targetOf(incoming, options);
  if (target === '*') {
    // The server itself has nothing to tell: RFC 9110 section 9.3.7.
    const headers = FieldList.of([]);
    await send(arrival, { status: 204, statusText: '', headers, body: null }, options);
  } else if ('reason' in target) {
    await send(arrival, target, options);
  } else {
    const received = receive(arrival, target);
    await nextTurn();
    const refused = arrival.upgrade && handshakeFailure(received.request);
    const answer = refused ?? (await answerTo(received, options));
    if (received.isUpgraded()) return;
    if (answer !== undefined) await send(arrival, answer, options);
    received.release();
  }
}

function targetOf(
  incoming: IncomingMessage,
  { limits, scheme }: ExchangeOptions,
): RequestTarget | Refusal | '*' {
  const { method = '', url = '', rawHeaders, socket } = incoming;
  const fault = messageFault(incoming, limits);
  if (fault !== undefined) return fault;
  const [host] = valuesOf(rawHeaders, 'host');
  const { localAddress, localPort } = socket;
  return requestTarget({
    method,
    target: url,
    scheme,
    host,
    local: authority(plainAddress(localAddress) ?? '', localPort),
  });
}

/** @returns `undefined` where nobody waits for an answer any more. */
async function answerTo(
  { request, host }: Received,
  { handler, onError }: ExchangeOptions,
): Promise<Answer | Refusal | undefined> {
  const { signal: gone } = request;
  if (gone.aborted) return undefined;
  try {
    const answering: Promise<Answer> =
      handler.answer?.(request, host) ?? handler(toRequest(request), host);
    const response = await unlessAborted(answering, gone);
    if (!gone.aborted) return response;
    answering.then(discard, () => undefined);
    return undefined;
  } catch (error) {
    if (gone.aborted) return undefined;
    onError(error);
    return { status: 500, reason: 'InternalError' };
  }
}

async function send(
  { incoming, outgoing, connection, upgrade }: Arrival,
  answer: Answer | Refusal,
  { isClosing }: ExchangeOptions,
): Promise<void> {
  const refused = 'reason' in answer;
  // Content that came along with the header section has been read then, too.
  await nextTurn();
  // What the client has not sent yet it may never send, and what follows may be taken for something else.
  const last =
    refused ||
    !incoming.complete ||
    !outgoing.shouldKeepAlive ||
    upgrade !== undefined ||
    isClosing();
  if (last) connection.close(refused || !incoming.complete || !asksForClose(incoming));
  if (outgoing.destroyed) {
    if (!refused) discard(answer);
    return;
  }
  const sent = settled(outgoing);
  if (refused) refuse(outgoing, answer);
  else await respond(outgoing, answer, last);
  await sent;
  // It was to be kept when the header was written.
  if (isClosing() && !last) connection.end();
}

/** RFC 9112 section 9.6: nothing may follow such a request. */
function asksForClose({ rawHeaders }: IncomingMessage): boolean {
  return valuesOf(rawHeaders, 'connection').some((value) =>
    /(?:^|,)\s*close\s*(?:,|$)/i.test(value),
  );
}

/** Frees what an answer is made of. That it broke instead is of no interest any more. */
function discard({ body }: Answer): void {
  if (body !== null && !isWholeBody(body)) body.cancel().catch(() => undefined);
}

/** What is promised, or `undefined` as soon as it is given up. */
function unlessAborted<Result>(
  promised: Promise<Result>,
  signal: AbortSource,
): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(undefined));
    promised.then(resolve, reject);
  });
}

/** Resolves when an answer is written, or can't be any more. */
function settled(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed) resolve();
    outgoing.on('finish', resolve);
    outgoing.on('close', resolve);
  });
}
