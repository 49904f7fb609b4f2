import { apiVersionOf, type StoredObject } from '@portolan/store';

import type { Call, Surroundings } from '../api/call.ts';
import { selectionOf } from '../selection/selection.ts';
import { expired, tooLargeResourceVersion } from '../status/faults.ts';
import { formatContinue } from './continue.ts';
import { listOptions, type ListOptions } from './list-options.ts';
import { collectionAt, comparePlaces } from './past.ts';

/** Kubernetes API reference, ListMeta v1 meta. */
export interface ListMeta {
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** Some of the objects of a collection. */
export interface Listed {
  readonly metadata: ListMeta;
  readonly objects: readonly StoredObject[];
}

/**
 * Lists a collection; in pages where there is a limit, all of which are of one revision.
 *
 * Source: Kubernetes API concepts, Retrieving large results sets in chunks; Resource versions, Semantics for get and list.
 *
 * @throws {StatusError} 410 where the revision asked for is no longer known.
 */
export function list(call: Call, surroundings: Pick<Surroundings, 'store'>): Listed {
  const options = listOptions(call.url, false);
  const selection = selectionOf(call, call.url);
  const { revision, objects } = collectionOf(call, surroundings, options);
  const { limit, continue: from } = options;
  const start =
    from === undefined ? 0 : objects.findIndex((object) => comparePlaces(object, from.after) > 0);
  const rest = (start < 0 ? [] : objects.slice(start)).filter(selection.matches);
  const page = limit > 0 ? rest.slice(0, limit) : rest;
  const left = rest.length - page.length;
  const last = page.at(-1)?.metadata;
  const resourceVersion = String(revision);
  if (left === 0 || last === undefined) return { metadata: { resourceVersion }, objects: page };
  const after = { namespace: last.namespace ?? '', name: last.name };
  const next = formatContinue({ revision, after });
  return {
    metadata: {
      resourceVersion,
      continue: next,
      // Not told where selectors are used, as the API server has it.
      ...(selection.isAll && { remainingItemCount: left }),
    },
    objects: page,
  };
}

function collectionOf(
  call: Call,
  { store }: Pick<Surroundings, 'store'>,
  { resourceVersion = 0, match, limit, continue: from }: ListOptions,
): { readonly revision: number; readonly objects: readonly StoredObject[] } {
  const newest = store.revision();
  if (resourceVersion > newest) throw tooLargeResourceVersion(resourceVersion, newest);
  const isExact = match === 'Exact' || (match === undefined && limit > 0);
  const asked = from?.revision ?? (isExact ? resourceVersion : 0);
  const revision = asked === 'newest' || asked === 0 ? newest : asked;
  const objects = collectionAt(store, call, revision);
  if (objects !== undefined) return { revision, objects };
  if (from === undefined) {
    throw expired('The resourceVersion for the provided list is too old.');
  }
  throw expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list.',
    formatContinue({ ...from, revision: 'newest' }),
  );
}

/** As its kind's list. Items don't repeat what the list's kind says. */
export function listObject({ type }: Pick<Call, 'type'>, { metadata, objects }: Listed): object {
  return {
    kind: `${type.kind}List`,
    apiVersion: apiVersionOf(type),
    metadata,
    items: objects.map((object) => {
      const { apiVersion: _, kind: __, ...item } = object;
      return item;
    }),
  };
}
