import type { ForwardDecision } from '@portolan/engine';

import { anyOf, type AbortSource } from '../abort/abort-source.ts';
import type { Connection } from '../connection/connection.ts';
import type { Deadline } from '../deadline/deadline.ts';
import { dialWith, type NotReached, type Reached } from '../dialer/dial-with.ts';
import type { Dialer } from '../dialer/dialer.ts';
import { InvalidResponseError } from '../dialer/invalid-response-error.ts';
import { dropHopByHop } from '../hop-by-hop/hop-by-hop.ts';
import { toRequest } from '../message/fetch-message.ts';
import {
  copyFields,
  headersOf,
  type RequestMessage,
  type ResponseMessage,
} from '../message/message.ts';
import type { Failure } from '../own-response/failure.ts';
import type { RequestBody } from '../request-body/request-body.ts';
import { isUpgraded, isWebSocketUpgrade } from '../websocket/websocket.ts';
import { errorMessage } from './error-message.ts';
import { outgoingHeaders, outgoingTarget, type RequestIdentity } from './outgoing-request.ts';
import { bodyTooLarge, methodNotSupported } from './refusal.ts';

/** A request, and everything that one try at an endpoint needs of it. */
export interface Sending {
  readonly request: RequestMessage;
  readonly decision: ForwardDecision;
  readonly connection: Connection;
  readonly identity: RequestIdentity;
  readonly body: RequestBody;
  readonly dialers: readonly Dialer[];
  /** Of all tries together. */
  readonly overall: Deadline;
}

/** What came of one try. */
export type Outcome = Answered | Unanswered;

interface Answered {
  readonly response: ResponseMessage;
  /** The response itself, where the client's connection belongs to the endpoint now: to be handed back as it is. */
  readonly upgraded?: Response;
  /** When an upgraded connection has ended, where that can be known. */
  readonly closed?: Promise<void>;
}

interface Unanswered {
  readonly failure: Failure;
  /** Whose doing it is: where it is the endpoint's, another one may do better. */
  readonly blame: 'client' | 'endpoint' | 'request';
  /** Whether the request may have reached the endpoint. */
  readonly wasSent: boolean;
}

/** Asks the Decision's endpoint once. */
export async function attempt(sending: Sending, perTry: Deadline): Promise<Outcome> {
  const { request, decision, connection, identity, dialers } = sending;
  const { endpoint, service } = decision;
  const dialled = dialWith(dialers, { endpoint, service });
  if ('reasons' in dialled) return unsendable(notDialled(dialled));
  const { by } = dialled;

  const target = outgoingTarget(decision, request);
  if (target === undefined || by.carries?.(decision.path) === false) {
    const message = `a URL, or fetch, would not carry the path ${decision.path} unchanged`;
    return unsendable({ status: 400, reason: 'InvalidPath', message });
  }
  const headers = outgoingHeaders(request, decision, connection, by, identity);
  if ('reason' in headers) return unsendable(headers);
  try {
    await sending.body.arrive?.();
  } catch (error) {
    return { ...explain(error, sending, perTry), wasSent: false };
  }
  const outgoing: RequestMessage = {
    method: request.method,
    url: by.base + target,
    headers,
    body: sending.body.send(),
    signal: abortOf(sending, perTry),
  };
  const send = sendingOf(outgoing, dialled, connection);
  if ('reason' in send) return unsendable(send);
  try {
    return await send();
  } catch (error) {
    return { ...explain(error, sending, perTry), wasSent: by.wasNeverSent?.(error) !== true };
  }
}

/** How the request is sent. Nothing is sent before it is called. */
function sendingOf(
  outgoing: RequestMessage,
  dialled: Reached,
  connection: Connection,
): Failure | (() => Promise<Outcome>) {
  const { by } = dialled;
  const isUpgrade = isWebSocketUpgrade(outgoing);
  if (by.send !== undefined && !isUpgrade) {
    const { send } = by;
    return async () => ({ response: await send(outgoing, eventsFor(connection)) });
  }
  const request = toRequest(outgoing, { redirect: 'manual' });
  // A Request writes `get` in capitals, and on Bun makes GET of a method that it doesn't know.
  if (request.method !== outgoing.method) return methodNotSupported(outgoing);
  return isUpgrade
    ? () => upgrade(request, dialled, connection)
    : async () => ({ response: await by.fetch(request, eventsFor(connection)) });
}

/** Whoever may end the try early: the client, its body, and either deadline. */
function abortOf({ request, body, overall }: Sending, perTry: Deadline): AbortSource {
  const others = [body.signal(), overall.signal, perTry.signal].filter(
    (signal) => signal !== undefined,
  );
  return anyOf([request.signal, ...others]);
}

async function upgrade(
  outgoing: Request,
  { by, dialer }: Reached,
  connection: Connection,
): Promise<Outcome> {
  if (by.upgrades === 'fetch') {
    const response = await by.fetch(outgoing);
    return { response, ...(isUpgraded(response) && { upgraded: response }) };
  }
  if (by.upgrades === 'none' || connection.upgrade === undefined) {
    const message = `the dialer ${dialer} passes no WebSocket on here`;
    return unsendable({ status: 501, reason: 'UpgradeNotSupported', message });
  }
  await by.permit?.();
  const { response, upgraded, closed } = await connection.upgrade(outgoing);
  return { response, ...(upgraded && { upgraded: response, closed }) };
}

function eventsFor({ earlyHints }: Connection): Parameters<Reached['by']['fetch']>[1] {
  if (earlyHints === undefined) return undefined;
  return {
    earlyHints: (headers) => {
      const hints = copyFields(headers);
      dropHopByHop(hints);
      earlyHints(headersOf(hints));
    },
  };
}

/** Nobody could send this request there. */
function unsendable(failure: Failure): Unanswered {
  return { failure, blame: 'request', wasSent: false };
}

function explain(
  error: unknown,
  { request, decision, body, overall }: Sending,
  perTry: Deadline,
): Pick<Unanswered, 'blame' | 'failure'> {
  const message = errorMessage(error);
  switch (body.fault()) {
    case 'TooLarge':
      return { failure: bodyTooLarge(decision.settings.bodyLimit ?? 0), blame: 'client' };
    case 'Stalled': {
      const late = `the client sent no more of its body for ${decision.settings.idleTimeout} ms`;
      return {
        failure: { status: 408, reason: 'RequestBodyStalled', message: late },
        blame: 'client',
      };
    }
    case 'Broken':
      return { failure: { status: 499, reason: 'ClientClosedRequest', message }, blame: 'client' };
    case undefined:
  }
  if (request.signal.aborted) {
    return { failure: { status: 499, reason: 'ClientClosedRequest', message }, blame: 'client' };
  }
  const { firstByteTimeout, perTryTimeout } = decision.settings;
  const passed = overall.hasPassed()
    ? firstByteTimeout
    : perTry.hasPassed()
      ? perTryTimeout
      : undefined;
  if (passed !== undefined) {
    const late = `no answer within ${passed} ms`;
    return {
      failure: { status: 504, reason: 'UpstreamTimeout', message: late },
      blame: 'endpoint',
    };
  }
  const reason =
    error instanceof InvalidResponseError ? 'UpstreamInvalidResponse' : 'UpstreamUnreachable';
  return { failure: { status: 502, reason, message }, blame: 'endpoint' };
}

function notDialled({ reasons }: NotReached): Failure {
  const said = reasons.map(
    ({ dialer, unreachable, message }) => `${dialer}: ${unreachable}: ${message}`,
  );
  return { status: 502, reason: 'NoDialer', message: said.join('; ') || 'there is no dialer' };
}
