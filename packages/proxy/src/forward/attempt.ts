import type { ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import type { Deadline } from '../deadline/deadline.ts';
import { dialWith, type NotReached, type Reached } from '../dialer/dial-with.ts';
import type { Dialer } from '../dialer/dialer.ts';
import { InvalidResponseError } from '../dialer/invalid-response-error.ts';
import { dropHopByHop } from '../hop-by-hop/hop-by-hop.ts';
import type { Failure } from '../own-response/failure.ts';
import type { RequestBody } from '../request-body/request-body.ts';
import { isUpgraded, isWebSocketUpgrade } from '../websocket/websocket.ts';
import { errorMessage } from './error-message.ts';
import { outgoingHeaders, outgoingURL, type RequestIdentity } from './outgoing-request.ts';
import { bodyTooLarge, methodNotSupported } from './refusal.ts';

/** A request, and everything that one try at an endpoint needs of it. */
export interface Sending {
  readonly request: Request;
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
  readonly response: Response;
  /** The client's connection belongs to the endpoint now: the response is to be handed back as it is. */
  readonly isUpgraded: boolean;
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

  const url = outgoingURL(by.base, decision, request);
  if (url === undefined || by.carries?.(decision.path) === false) {
    const message = `a URL, or fetch, would not carry the path ${decision.path} unchanged`;
    return unsendable({ status: 400, reason: 'InvalidPath', message });
  }
  const headers = outgoingHeaders(request, decision, connection, by, identity);
  if ('reason' in headers) return unsendable(headers);
  const body = sending.body.send();
  const init: RequestInit & { readonly duplex: 'half' } = {
    method: request.method,
    headers,
    body,
    duplex: 'half',
    redirect: 'manual',
    signal: signalOf(sending, perTry),
  };
  const outgoing = new Request(url, init);
  // A Request writes `get` in capitals, and on Bun makes GET of a method that it doesn't know.
  if (outgoing.method !== request.method) return unsendable(methodNotSupported(request));

  try {
    return isWebSocketUpgrade(request)
      ? await upgrade(outgoing, dialled, connection)
      : { response: await by.fetch(outgoing, eventsFor(connection)), isUpgraded: false };
  } catch (error) {
    return { ...explain(error, sending, perTry), wasSent: by.wasNeverSent?.(error) !== true };
  }
}

/** Whoever may end the try early: the client, its body, and either deadline. */
function signalOf({ request, body, overall }: Sending, perTry: Deadline): AbortSignal {
  const others = [body.signal(), overall.signal, perTry.signal].filter(
    (signal) => signal !== undefined,
  );
  return others.length === 0 ? request.signal : AbortSignal.any([request.signal, ...others]);
}

async function upgrade(
  outgoing: Request,
  { by, dialer }: Reached,
  connection: Connection,
): Promise<Outcome> {
  if (by.upgrades === 'fetch') {
    const response = await by.fetch(outgoing);
    return { response, isUpgraded: isUpgraded(response) };
  }
  if (by.upgrades === 'none' || connection.upgrade === undefined) {
    const message = `the dialer ${dialer} passes no WebSocket on here`;
    return unsendable({ status: 501, reason: 'UpgradeNotSupported', message });
  }
  await by.permit?.();
  const { response, upgraded, closed } = await connection.upgrade(outgoing);
  return { response, isUpgraded: upgraded, closed };
}

function eventsFor({ earlyHints }: Connection): Parameters<Reached['by']['fetch']>[1] {
  if (earlyHints === undefined) return undefined;
  return {
    earlyHints: (headers) => {
      const hints = new Headers(headers);
      dropHopByHop(hints);
      earlyHints(hints);
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
