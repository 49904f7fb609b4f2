import { atEndpoint, pickAnother, servicePort, type ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import { deadline } from '../deadline/deadline.ts';
import type { Dialer } from '../dialer/dialer.ts';
import type { Attempt, EndpointStateStore } from '../endpoint-state/endpoint-state-store.ts';
import type { Try } from '../exchange/exchange.ts';
import type { RequestMessage, ResponseMessage } from '../message/message.ts';
import type { Failure } from '../own-response/failure.ts';
import { requestBody } from '../request-body/request-body.ts';
import { isIdempotent } from '../retry/idempotent.ts';
import type { RetryBudget } from '../retry/retry-budget.ts';
import { attempt, type Outcome, type Sending } from './attempt.ts';
import type { RequestIdentity } from './outgoing-request.ts';
import { refusal } from './refusal.ts';

export interface ForwardOptions {
  readonly dialers: readonly Dialer[];
  readonly states: EndpointStateStore;
  /** By `namespace/name:port`. */
  readonly budgetOf: (port: string) => RetryBudget;
  readonly random: () => number;
  readonly now: () => number;
}

/** What came of all tries. */
export interface Forwarded {
  /** The endpoint's own response, or why there is none. */
  readonly result: Failure | ResponseMessage;
  /** What is to be handed back instead, where the client's connection belongs to the endpoint now. */
  readonly upgraded?: Response;
  /** The Decision as it was carried out at last: after a retry its endpoint is another. */
  readonly decision: ForwardDecision;
  readonly tries: readonly Try[];
  /** Is to be told once nothing is under way any more. */
  readonly ended: () => void;
  /** When an upgraded connection has ended, where that can be known. */
  readonly closed?: Promise<void>;
}

/**
 * Sends the request to the endpoint of the Decision; where that one fails, and the request may be repeated, to another.
 *
 * A request may be repeated if its method is idempotent or not a byte of it was sent, if its body is still there, and if
 * the budget for retries allows.
 *
 * @throws where a dialer does, or the body has been read: nothing is counted as under way then.
 */
export async function forward(
  request: RequestMessage,
  decision: ForwardDecision,
  connection: Connection,
  identity: RequestIdentity,
  { dialers, states, budgetOf, random, now }: ForwardOptions,
): Promise<Forwarded> {
  const refused = refusal(request, decision);
  if (refused !== undefined) {
    return { result: refused, decision, tries: [], ended: () => undefined };
  }
  const { settings } = decision;
  const port = servicePort(decision.service);
  const budget = budgetOf(port);
  budget.deposit();
  const startedAt = now();
  const tries: Try[] = [];
  const tried = new Set([decision.endpoint]);
  const overall = deadline(settings.firstByteTimeout);
  let perTry = deadline(undefined);
  const isTimed = settings.firstByteTimeout !== undefined || settings.perTryTimeout !== undefined;
  const body = requestBody(request, {
    limit: settings.bodyLimit,
    keep: settings.retries > 0 ? settings.retryBodyLimit : 0,
    idleTimeout: settings.idleTimeout,
    ...(isTimed && {
      onAsked: () => {
        overall.pause();
        perTry.pause();
      },
      onGiven: () => {
        overall.resume();
        perTry.resume();
      },
    }),
  });

  let sending: Sending = { request, decision, connection, identity, body, dialers, overall };
  for (;;) {
    const { endpoint } = sending.decision;
    const underWay = states.begin(port, endpoint, settings, decision.endpoints);
    perTry = deadline(settings.perTryTimeout);
    const triedAt = now();
    let outcome: Outcome;
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      outcome = await attempt(sending, perTry);
      tell(underWay, outcome);
    } catch (error) {
      underWay.ended();
      overall.settle();
      body.close();
      throw error;
    } finally {
      perTry.settle();
    }
    tries.push(tryOf(sending, outcome, triedAt - startedAt, now() - triedAt));

    const another = mayRepeat(sending, outcome, tries.length) ? next() : undefined;
    if (another === undefined || !budget.withdraw()) {
      overall.settle();
      if ('failure' in outcome) {
        underWay.ended();
        body.close();
      } else {
        body.settle();
      }
      return {
        result: 'failure' in outcome ? outcome.failure : outcome.response,
        decision: sending.decision,
        tries,
        ended: underWay.ended,
        ...('upgraded' in outcome && { upgraded: outcome.upgraded, closed: outcome.closed }),
      };
    }
    underWay.ended();
    if ('response' in outcome) discard(outcome.response);
    tried.add(another.endpoint);
    sending = { ...sending, decision: another };
  }

  /** The same Decision for another endpoint; for the same one where there is no other at all. */
  function next(): ForwardDecision | undefined {
    const [only] = decision.endpoints;
    const endpoint =
      decision.endpoints.length === 1 ? only : pickAnother(decision, tried, { random, states });
    return endpoint && atEndpoint(decision, endpoint);
  }
}

/** Whether another try may be made after this one. */
function mayRepeat(
  { request, body, decision: { settings }, overall }: Sending,
  outcome: Outcome,
  made: number,
): boolean {
  if (made > settings.retries || request.signal.aborted || overall.hasPassed()) return false;
  if (!body.isRepeatable()) return false;
  if ('failure' in outcome) {
    return outcome.blame === 'endpoint' && (!outcome.wasSent || isIdempotent(request.method));
  }
  return settings.retryOn.includes(outcome.response.status) && isIdempotent(request.method);
}

/** Tells how the endpoint did; of what the client or the request itself is to blame for nothing is learned. */
function tell(underWay: Attempt, outcome: Outcome): void {
  if ('response' in outcome) underWay.answered(outcome.response.status);
  else if (outcome.blame === 'endpoint') underWay.failed();
}

function tryOf(
  { decision: { endpoint } }: Sending,
  outcome: Outcome,
  startedAfter: number,
  duration: number,
): Try {
  return {
    endpoint,
    ...('failure' in outcome
      ? { failure: outcome.failure.reason }
      : { status: outcome.upgraded ? 101 : outcome.response.status }),
    startedAfter,
    duration,
  };
}

/** Frees the connection. That it broke instead is of no interest any more. */
function discard({ body }: ResponseMessage): void {
  body?.cancel().catch(() => undefined);
}
