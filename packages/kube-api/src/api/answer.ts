import type { Identity } from '../access/access.ts';
import { authorize, authorizeObject } from '../access/authorize.ts';
import { hasDeleteCollection } from '../discovery/api-resources.ts';
import { list } from '../list/list.ts';
import { negotiate } from '../negotiation/negotiation.ts';
import { present, presentList, TRANSFORMS } from '../response/present.ts';
import { respond } from '../response/response.ts';
import { methodNotAllowed, notFound } from '../status/faults.ts';
import { StatusError, type Status } from '../status/status.ts';
import { watchResponse } from '../watch/watch-response.ts';
import { openWatch } from '../watch/watch.ts';
import { answerOther } from './answer-other.ts';
import { answerWrite } from './answer-write.ts';
import { wishOf, type Call, type Surroundings } from './call.ts';
import type { Target } from './target.ts';

/** What a write did. */
export interface Written {
  /** Empty for a collection. */
  readonly name: string;
  readonly resourceVersion?: string;
  /** Nothing was written. */
  readonly dryRun?: boolean;
}

/** A response, and what is worth noting of it. */
export interface Answer {
  readonly response: Response;
  /** Why it failed. */
  readonly status?: Status;
  readonly written?: Written;
}

/**
 * Answers a request whose sender is known, or one that anybody may send.
 *
 * @throws {StatusError}
 */
export async function answer(
  request: Request,
  target: Target,
  identity: Identity | undefined,
  surroundings: Surroundings,
): Promise<Answer> {
  if (identity === undefined) return { response: health(request) };
  const { resource, verb, url } = target;
  if (resource === undefined) return answerOther(request, target, identity, surroundings);
  const isServed = verb !== 'deletecollection' || hasDeleteCollection(resource.type);
  if (verb === undefined || !isServed) throw methodNotAllowed();
  const call: Call = { ...resource, request, url, identity, verb };
  authorize(identity, wishOf(call));
  switch (verb) {
    case 'get':
      return { response: answerGet(call, surroundings) };
    case 'list':
      return { response: answerList(call, surroundings) };
    case 'watch':
      return { response: answerWatch(call, surroundings) };
    case 'create':
    case 'delete':
    case 'deletecollection':
    case 'patch':
    case 'update':
      return answerWrite(call, surroundings);
  }
}

function health({ method }: Request): Response {
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed();
  return new Response(method === 'HEAD' ? null : 'ok', {
    headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  });
}

function answerGet(call: Call, { store, now }: Surroundings): Response {
  const { request, url, type, namespace, name = '' } = call;
  const form = negotiate(request, url, TRANSFORMS);
  const object = store.get({ resource: type.id, namespace, name });
  authorizeObject(call.identity, wishOf(call), object);
  if (object === undefined) throw notFound(type, name);
  return respond(present(call, form, object, now()), form);
}

function answerList(call: Call, surroundings: Surroundings): Response {
  const form = negotiate(call.request, call.url, TRANSFORMS);
  return respond(presentList(call, form, list(call, surroundings), surroundings.now()), form);
}

function answerWatch(call: Call, surroundings: Surroundings): Response {
  const { request, url } = call;
  const { watches, maxWatches, isClosed, now } = surroundings;
  const form = negotiate(request, url, TRANSFORMS, ['json']);
  if (isClosed()) {
    throw new StatusError(503, 'ServiceUnavailable', 'the server is shutting down');
  }
  if (watches.size >= maxWatches) {
    const details = { retryAfterSeconds: 1 };
    const message = 'too many watches, please try again later';
    throw new StatusError(429, 'TooManyRequests', message, { details });
  }
  const source = openWatch(call, surroundings, () => watches.delete(source.end));
  watches.add(source.end);
  let isFirst = true;
  return watchResponse(source, request.signal, form, ({ type, object }) => {
    if (type === 'ERROR') return { type, object };
    const presented = present(call, form, object, now(), isFirst);
    isFirst = false;
    return { type, object: presented };
  });
}
