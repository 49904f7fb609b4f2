import type { Decision, ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import { CODED_BODY } from '../dialer/coded-body.ts';
import type { Dialer } from '../dialer/dialer.ts';
import type { EndpointStateStore } from '../endpoint-state/endpoint-state-store.ts';
import { createEndpointStates } from '../endpoint-state/endpoint-states.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { beginStory, type Story, type Told } from '../exchange/story.ts';
import { clientResponse } from '../forward/client-response.ts';
import { forward, type Forwarded } from '../forward/forward.ts';
import { newTraceparent } from '../forwarding/trace-context.ts';
import { toResponse } from '../message/fetch-message.ts';
import { fixedLength } from '../message/fixed-length.ts';
import type { Answer, RequestMessage, ResponseMessage } from '../message/message.ts';
import { failureAnswer, redirectAnswer } from '../own-response/own-response.ts';
import { announcedBody } from '../response-body/announced-body.ts';
import { responseBody, type BodyEnd } from '../response-body/response-body.ts';
import { retryBudgets } from '../retry/retry-budgets.ts';
import { keepSession } from '../session/keep-session.ts';
import type { SessionCookies } from '../session/session-cookies.ts';
import type { RequestTracer } from '../tracing/tracer.ts';

export interface ProxyOptions {
  /** Ways to reach an endpoint; the first that can is taken. */
  readonly dialers: readonly Dialer[];
  /** What is known of endpoints; its own by default. Decisions should be made with the same. */
  readonly states?: EndpointStateStore;
  /** Makes affinity cookies; without it, none are set. */
  readonly sessions?: SessionCookies;
  /** Names requests that have no id yet; `crypto.randomUUID` by default. */
  readonly newRequestId?: () => string;
  /**
   * Is told of each request once it has ended: with its answer's body, which is then watched, or with the answer where it
   * has none. Should not throw: what it throws is lost.
   */
  readonly observe?: (exchange: Exchange) => void;
  /** Makes a span of each request. Without it, endpoints are sent a `traceparent` all the same. */
  readonly tracer?: RequestTracer;
  /** Numbers in [0, 1); `Math.random` by default. */
  readonly random?: () => number;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly now?: () => number;
}

/** Carries out Decisions. */
export interface HTTPProxy {
  /**
   * Answers the request as was decided. Whatever the endpoint does, this resolves; it rejects only where it is called
   * wrongly, such as with a request whose body has been read.
   */
  readonly handle: (
    request: Request,
    decision: Decision,
    connection: Connection,
  ) => Promise<Response>;
  /** As `handle`, for a message that need be no Request, with an answer that is no Response. */
  readonly answer: (
    request: RequestMessage,
    decision: Decision,
    connection: Connection,
  ) => Promise<Answer>;
}

/** Carries out Decisions with the given dialers. */
export function createProxy(options: ProxyOptions): HTTPProxy {
  const { dialers, sessions, observe, tracer } = options;
  const { newRequestId = () => crypto.randomUUID(), random = Math.random } = options;
  const { now = Date.now, states = createEndpointStates({ now, random }) } = options;
  const budgetOf = retryBudgets();

  async function answerTo(
    request: RequestMessage,
    decision: ForwardDecision,
    connection: Connection,
    story: Story,
  ): Promise<Answer> {
    const identity = {
      requestId: story.requestId,
      traceparent: story.span?.traceparent ?? newTraceparent(connection.forwarded?.traceparent),
      tracestate: story.span ? story.span.tracestate : connection.forwarded?.tracestate,
    };
    const forwarded = await forward(request, decision, connection, identity, {
      dialers,
      states,
      budgetOf,
      random,
      now,
    });
    const { result, tries, ended } = forwarded;
    const told = { tries, decision: forwarded.decision, traceparent: identity.traceparent };
    // Not by instanceof: @hono/node-server puts a Response of its own in the global one's place.
    if ('reason' in result) {
      const end = result.status === 499 ? 'aborted' : 'complete';
      story.end({ ...told, status: result.status, failure: result }, end);
      return failureAnswer(request, result, story.requestId);
    }
    if (forwarded.upgraded !== undefined) {
      const answeredAt = now();
      followUpgraded(forwarded, () => story.end({ ...told, status: 101, answeredAt }, 'complete'));
      const { upgraded } = forwarded;
      return { status: 101, statusText: '', headers: result.headers, body: null, upgraded };
    }
    try {
      const passed = clientResponse(request, result, decision.filters);
      if ('reason' in passed) {
        ended();
        story.end({ ...told, status: passed.status, failure: passed }, 'complete');
        return failureAnswer(request, passed, story.requestId);
      }
      if (sessions && decision.settings.affinityCookie !== undefined) {
        await keepSession(passed.headers, forwarded.decision, connection, sessions);
      }
      return await watched(request, passed, forwarded, story, told);
    } catch (error) {
      ended();
      result.body?.cancel().catch(() => undefined);
      throw error;
    }
  }

  /** The answer, whose end is waited for where somebody wants to know of it. */
  async function watched(
    { signal }: RequestMessage,
    passed: ResponseMessage,
    { decision: { settings }, ended }: Forwarded,
    story: Story,
    told: Omit<Told, 'status'>,
  ): Promise<Answer> {
    const { status, headers, body: own } = passed;
    const matters =
      story.isTold ||
      settings.idleTimeout !== undefined ||
      settings.maxRequests !== undefined ||
      settings.loadBalancing === 'LeastRequests';
    if (own === null || !matters) {
      ended();
      story.end({ ...told, status }, 'complete');
      return passed;
    }
    const answeredAt = now();
    const { idleTimeout } = settings;
    const onEnd = (end: BodyEnd, bytes?: number): void => {
      ended();
      story.end({ ...told, status, answeredAt }, end, bytes);
    };
    const announced = idleTimeout === undefined ? fixedLength(own, headers) : undefined;
    const body = announced
      ? await announcedBody(announced, { signal, onEnd })
      : responseBody(own, { headers, signal, idleTimeout, onEnd });
    return { ...passed, body };
  }

  async function answer(
    request: RequestMessage,
    decision: Decision,
    connection: Connection,
  ): Promise<Answer> {
    const story = beginStory(request, connection, { observe, tracer, newRequestId, now });
    const { requestId } = story;
    switch (decision.outcome) {
      case 'redirect':
        story.end({ tries: [], decision, status: decision.status }, 'complete');
        return redirectAnswer(decision, requestId);
      case 'respond':
        story.end({ tries: [], decision, status: decision.status, failure: decision }, 'complete');
        return failureAnswer(request, decision, requestId);
      case 'forward':
        try {
          return await answerTo(request, decision, connection, story);
        } catch (error) {
          // What hosts answer where the handler rejects.
          story.end({ tries: [], decision, status: 500 }, 'broken');
          throw error;
        }
    }
  }

  return {
    answer,
    handle: async (request, decision, connection) => {
      const answered = await answer(request, decision, connection);
      return answered.upgraded ?? toResponse(answered, CODED_BODY);
    },
  };
}

/** Where nobody can tell when an upgraded connection ends, it counts as ended once it is open. */
function followUpgraded({ closed, ended }: Forwarded, tell: () => void): void {
  const end = (): void => {
    ended();
    tell();
  };
  if (closed === undefined) end();
  else void closed.then(end, end);
}
