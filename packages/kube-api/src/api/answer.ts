import type { StoredObject } from '@portolan/store';

import type { Identity } from '../access/access.ts';
import { authorize, authorizeObject } from '../access/authorize.ts';
import { verbsOf } from '../discovery/api-resources.ts';
import { checkGetOptions } from '../list/get-options.ts';
import { list } from '../list/list.ts';
import { negotiate } from '../negotiation/negotiation.ts';
import { present, presentList, presentStored, TRANSFORMS } from '../response/present.ts';
import { respond } from '../response/response.ts';
import { badRequest, methodNotAllowed, noSuchResource, notFound, quote } from '../status/faults.ts';
import { StatusError, type Status } from '../status/status.ts';
import { watchResponse } from '../watch/watch-response.ts';
import { openWatch } from '../watch/watch.ts';
import { answerOther } from './answer-other.ts';
import { answerWrite } from './answer-write.ts';
import { wishOf, type Call, type Surroundings } from './call.ts';
import { KUBELET_SUBRESOURCES } from './served-resource.ts';
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
  if (identity === undefined) return { response: health(request, target) };
  const { resource, verb, url } = target;
  if (resource === undefined) return answerOther(request, target, identity, surroundings);
  const { type, subresource = '' } = resource;
  const isKubelets = KUBELET_SUBRESOURCES.has(subresource);
  const isServed =
    verb !== undefined && (isKubelets || verbsOf(type, resource.subresource).includes(verb));
  if (!isServed) throw methodNotAllowed();
  const call: Call = { ...resource, request, url, identity, verb };
  authorize(identity, wishOf(call));
  if (isKubelets) throw withoutKubelet(call, surroundings);
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

/** Kubernetes, API health endpoints. */
function health({ method }: Request, { segments, url }: Target): Response {
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed();
  const [endpoint = '', check = 'ping', ...more] = segments;
  if (check !== 'ping' || more.length > 0) throw noSuchResource();
  const isVerbose = url.searchParams.has('verbose') && segments.length === 1;
  const text = isVerbose ? `[+]ping ok\n${endpoint} check passed\n` : 'ok';
  return new Response(method === 'HEAD' ? null : text, {
    headers: { 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  });
}

function answerGet(call: Call, surroundings: Surroundings): Response {
  const form = negotiate(call.request, call.url, TRANSFORMS);
  checkGetOptions(call.url, surroundings.store.revision());
  const object = objectOf(call, surroundings);
  return respond(presentStored(call, form, object, surroundings.now()), form);
}

/** @throws {StatusError} */
function objectOf(call: Call, { store }: Surroundings): StoredObject {
  const { type, namespace, name = '' } = call;
  const object = store.get({ resource: type.id, namespace, name });
  authorizeObject(call.identity, wishOf(call), object);
  if (object === undefined) throw notFound(type, name);
  return object;
}

/** What containers do is for a kubelet to tell; here Pods are only addresses. */
function withoutKubelet(call: Call, surroundings: Surroundings): StatusError {
  const { name } = objectOf(call, surroundings).metadata;
  return badRequest(
    `pods/${call.subresource} of ${quote(name)} needs a kubelet, and there is none here`,
  );
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
