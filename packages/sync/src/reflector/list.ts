import * as Effect from 'effect/Effect';

import { ClusterFault, isGone } from '../cluster/cluster-fault.ts';
import { Cluster } from '../cluster/cluster.ts';
import { textOf } from '../content/content.ts';
import { acceptOf, pathOf, selectorOf, type Followed } from '../followed/followed.ts';
import {
  isClusterObject,
  isFields,
  resourceVersionOf,
  type ClusterObject,
} from '../watch/cluster-object.ts';
import type { Timing } from './timing.ts';

/** Bytes of a page: one that is everything has to fit as well, and a text can't be much longer. */
const PAGE_LIMIT = 256 * 1024 * 1024;

/** All there was at a revision. */
export interface Listed {
  readonly objects: readonly ClusterObject[];
  readonly resourceVersion: string;
}

interface Page extends Listed {
  readonly continue: string;
}

/**
 * All objects, asked for page by page. Where that takes so long that the cluster no longer knows the revision of the first
 * page, all are asked for at once. Kubernetes API concepts, Retrieving large results sets in chunks.
 */
export const list: (
  followed: Followed,
  timing: Pick<Timing, 'pageSize' | 'silence'>,
) => Effect.Effect<Listed, ClusterFault, Cluster> = (followed, { pageSize, silence }) =>
  paged(followed, silence, { limit: String(pageSize) }).pipe(
    Effect.catchIf(isGone, () => paged(followed, silence, {})),
  );

const paged = Effect.fnUntraced(function* (
  followed: Followed,
  silence: number,
  size: Readonly<Record<string, string>>,
) {
  const objects: ClusterObject[] = [];
  let page = yield* pageOf(followed, silence, size);
  objects.push(...page.objects);
  while (page.continue !== '') {
    page = yield* pageOf(followed, silence, { ...size, continue: page.continue });
    for (const object of page.objects) objects.push(object);
  }
  return { objects, resourceVersion: page.resourceVersion };
});

const pageOf = Effect.fnUntraced(function* (
  followed: Followed,
  silence: number,
  query: Readonly<Record<string, string>>,
) {
  const cluster = yield* Cluster;
  const body = yield* cluster.get({
    path: pathOf(followed),
    query: { ...selectorOf(followed), ...query },
    accept: acceptOf(followed, 'list'),
  });
  return yield* Effect.tryPromise({
    try: async () => parsePage(JSON.parse(await textOf(body, PAGE_LIMIT))),
    catch: (cause) => new ClusterFault(`the list can't be read: ${String(cause)}`),
  }).pipe(
    Effect.timeoutOrElse({
      duration: silence,
      orElse: () => Effect.fail(new ClusterFault(`the list did not end within ${silence} ms`)),
    }),
  );
}, Effect.scoped);

function parsePage(value: unknown): Page {
  if (!isFields(value)) throw new Error('it is no object');
  const { items, metadata } = value;
  const resourceVersion = resourceVersionOf(value);
  // An empty list of a Go program may be null.
  const objects = items ?? [];
  if (resourceVersion === undefined) throw new Error('it has no resourceVersion');
  if (!Array.isArray(objects) || !objects.every(isClusterObject)) {
    throw new Error('its items are no objects');
  }
  const next = isFields(metadata) ? metadata['continue'] : undefined;
  return { objects, resourceVersion, continue: typeof next === 'string' ? next : '' };
}
