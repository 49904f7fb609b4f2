import { apiVersionOf, type Change, type Store } from '@portolan/store';

import type { Call } from '../api/call.ts';
import { listOptions } from '../list/list-options.ts';
import { selectionOf } from '../selection/selection.ts';
import { expired, tooLargeResourceVersion } from '../status/faults.ts';
import { watchEvent } from './watch-events.ts';

/** What a line of a watch is made of. */
export interface WatchLine {
  readonly type: 'ADDED' | 'BOOKMARK' | 'DELETED' | 'ERROR' | 'MODIFIED';
  readonly object: object;
}

/** What a watch tells, line by line. */
export interface WatchSource {
  /** The next line; `undefined` where there is none now. */
  readonly take: () => WatchLine | undefined;
  /** Resolves when there may be a line, or the watch is over. */
  readonly wait: () => Promise<void>;
  readonly isOver: () => boolean;
  /** Ends it. */
  readonly end: () => void;
}

/** In milliseconds. */
const BOOKMARK_INTERVAL = 60_000;
/** How many changes are asked of the store at once. */
const BATCH = 100;
/** In seconds, and as much again at most, so that watches don't all end at once. */
const MINIMUM_DURATION = 1800;

const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/**
 * The events of a collection, from a revision on.
 *
 * A watch keeps no queue: it knows the revision that it has come to and asks the store for what came after, some at a time. A
 * client that takes its lines too slowly comes to a revision that the store no longer knows; its watch ends with an ERROR of 410
 * Expired.
 *
 * Source: Kubernetes API concepts, Efficient detection of changes; Streaming lists; Watch bookmarks.
 *
 * @param onEnd Is told once it is over, whoever ended it.
 * @throws {StatusError}
 */
export function openWatch(
  call: Call,
  { store, random }: { readonly store: Store; readonly random: () => number },
  onEnd: () => void,
): WatchSource {
  const options = listOptions(call.url, true);
  const selection = selectionOf(call, call.url);
  const newest = store.revision();
  const { resourceVersion = 0, sendInitialEvents, allowWatchBookmarks } = options;
  if (sendInitialEvents !== undefined && resourceVersion > newest) {
    throw tooLargeResourceVersion(resourceVersion, newest);
  }
  const isInitial = sendInitialEvents ?? resourceVersion === 0;
  const { type, namespace } = call;
  const bookmark = (revision: number, annotations?: object): WatchLine => ({
    type: 'BOOKMARK',
    object: {
      kind: type.kind,
      apiVersion: apiVersionOf(type),
      metadata: { resourceVersion: String(revision), ...(annotations && { annotations }) },
    },
  });

  let initial = isInitial
    ? store.list(type.id, namespace === '' ? undefined : namespace).filter(selection.matches)
    : [];
  let told = 0;
  let pending: Change[] = [];
  let isInitialEndDue = sendInitialEvents === true && allowWatchBookmarks;
  let revision = isInitial || resourceVersion === 0 ? newest : resourceVersion;
  let isBookmarkDue = false;
  let isOver = false;
  let wake: () => void = () => undefined;

  const unsubscribe = store.subscribe(() => wake());
  const bookmarks = allowWatchBookmarks
    ? setInterval(() => {
        isBookmarkDue = true;
        wake();
      }, BOOKMARK_INTERVAL)
    : undefined;
  const seconds = options.timeoutSeconds || MINIMUM_DURATION * (1 + random());
  const timeout = setTimeout(() => end(), Math.min(seconds * 1000, 2 ** 31 - 1));

  function end(): void {
    if (isOver) return;
    isOver = true;
    unsubscribe();
    if (bookmarks !== undefined) clearInterval(bookmarks);
    clearTimeout(timeout);
    wake();
    onEnd();
  }

  function take(): WatchLine | undefined {
    if (isOver) return undefined;
    const object = initial[told++];
    if (object !== undefined) return { type: 'ADDED', object };
    initial = [];
    if (isInitialEndDue) {
      isInitialEndDue = false;
      return bookmark(revision, { [INITIAL_EVENTS_END]: 'true' });
    }
    const line = nextChange();
    if (line !== undefined || !isBookmarkDue) return line;
    isBookmarkDue = false;
    return bookmark(revision);
  }

  /** The next change that is to be told. What is not is passed over. */
  function nextChange(): WatchLine | undefined {
    while (revision < store.revision()) {
      const change = pending.shift();
      if (change === undefined) {
        const changes = store.since(revision);
        if (changes === undefined) return tooOld();
        pending = changes.slice(0, BATCH);
      } else {
        ({ revision } = change);
        const event = watchEvent(selection, change);
        if (event !== undefined) return event;
      }
    }
    return revision === store.revision() ? undefined : tooOld();
  }

  function tooOld(): WatchLine {
    end();
    const message = `too old resource version: ${revision} (${store.revision()})`;
    return { type: 'ERROR', object: expired(message).status };
  }

  return {
    take,
    wait: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      if (isOver) resolve();
      return promise;
    },
    isOver: () => isOver,
    end,
  };
}
