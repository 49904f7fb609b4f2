import type { Identity } from '../access/access.ts';
import { reviewOf } from '../access/review.ts';
import { handleBulk } from '../bulk/handle-bulk.ts';
import { AGGREGATED, discoveryDocument, PATHS } from '../discovery/discovery.ts';
import { VERSION } from '../discovery/version.ts';
import { negotiate } from '../negotiation/negotiation.ts';
import { openAPIResponse } from '../openapi/openapi.ts';
import { respond } from '../response/response.ts';
import { methodNotAllowed, noSuchResource } from '../status/faults.ts';
import type { Answer, Written } from './answer.ts';
import type { Surroundings } from './call.ts';
import { rulesReviewOf } from './rules-review.ts';
import type { Target } from './target.ts';

/** Answers a request that is for no resource. */
export async function answerOther(
  request: Request,
  { segments, url }: Target,
  identity: Identity,
  surroundings: Surroundings,
): Promise<Answer> {
  const [root = '', source, ...more] = segments;
  if (root === 'bulk' && more.length === 0) return bulk(request, source, identity, surroundings);
  const review =
    (await rulesReviewOf(request, segments, identity, surroundings.maxBody)) ??
    (await reviewOf(request, segments, identity, surroundings));
  if (review !== undefined) return { response: respond(review, negotiate(request, url), 201) };
  const response = document(request, segments, url, surroundings);
  if (request.method !== 'GET') throw methodNotAllowed();
  return { response };
}

async function bulk(
  { method, headers, body }: Request,
  source: string | undefined,
  identity: Identity,
  { store, admission, now }: Surroundings,
): Promise<Answer> {
  let written: Written | undefined;
  const response = await handleBulk(
    { method, headers, body, ...(source !== undefined && { source }) },
    {
      store,
      admission,
      identity,
      now,
      onWrite: ({ source: name, resourceVersion }) => {
        written = { name, resourceVersion };
      },
    },
  );
  return { response, ...(written && { written }) };
}

/** What the API tells of itself. */
function document(
  request: Request,
  segments: readonly string[],
  url: URL,
  { prefix }: Surroundings,
): Response {
  const [root = '', ...rest] = segments;
  switch (root) {
    case '':
      return respond({ paths: PATHS }, negotiate(request, url));
    case 'api':
    case 'apis': {
      const form = negotiate(request, url, rest.length === 0 ? [AGGREGATED] : []);
      return respond(discoveryDocument(segments, form.as !== undefined), form);
    }
    case 'version':
      if (rest.length > 0) throw noSuchResource();
      return respond(VERSION, negotiate(request, url));
    case 'openapi': {
      const accept = request.headers.get('accept') ?? '';
      const response = openAPIResponse(`/${segments.join('/')}`, accept, prefix);
      if (response !== undefined) return response;
      throw noSuchResource();
    }
    default:
      throw noSuchResource();
  }
}
