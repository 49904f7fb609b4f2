import type { Readable } from 'node:stream';

import * as Effect from 'effect/Effect';
import * as Ndjson from 'effect/encoding/Ndjson';
import * as Stream from 'effect/Stream';

import { ClusterFault } from '../cluster/cluster-fault.ts';
import {
  isClusterObject,
  isFields,
  resourceVersionOf,
  type ClusterObject,
} from './cluster-object.ts';

/** What a watch says. Kubernetes API concepts, Efficient detection of changes. */
export type WatchEvent =
  | {
      readonly type: 'ADDED' | 'DELETED' | 'MODIFIED';
      readonly object: ClusterObject;
      readonly resourceVersion: string;
    }
  | {
      readonly type: 'BOOKMARK';
      readonly resourceVersion: string;
      /** Whether all that was there at the beginning has been said now. */
      readonly endsInitialEvents: boolean;
    };

/** Bytes. An object has 1.5 MiB at most, by etcd's default limit on a request, and a little more as an event. */
const LINE_LIMIT = 16 * 1024 * 1024;

/**
 * The events of a watch, as they come and as fast as they are taken. It fails where the server says so (an `ERROR` event),
 * where a line is no event, and where nothing is said for too long; a line that breaks off is none.
 *
 * @param silence milliseconds.
 */
export function watchEvents(
  body: Readable,
  silence: number,
): Stream.Stream<WatchEvent, ClusterFault> {
  return Stream.fromAsyncIterable(
    bytesOf(body),
    (cause) => new ClusterFault(`the watch broke off: ${String(cause)}`),
  ).pipe(
    Stream.pipeThroughChannel(Ndjson.decode({ ignoreEmptyLines: true, maxLineBytes: LINE_LIMIT })),
    Stream.catchTag('NdjsonError', (error) =>
      error.unterminated === true ? Stream.empty : Stream.fail(malformed(String(error.cause))),
    ),
    Stream.timeoutOrElse({
      duration: silence,
      orElse: () => Stream.fail(new ClusterFault(`the watch said nothing for ${silence} ms`)),
    }),
    Stream.mapEffect(parseEvent),
  );
}

/** Ends when it is no longer wanted, even in the middle of a wait for more. */
function bytesOf(body: Readable): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => {
      const iterator: AsyncIterator<Uint8Array, undefined> = body[Symbol.asyncIterator]();
      return {
        next: () => iterator.next(),
        return: async () => {
          body.destroy();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

function parseEvent(value: unknown): Effect.Effect<WatchEvent, ClusterFault> {
  const { type, object } = isFields(value) ? value : {};
  if (!isFields(object)) return Effect.fail(malformed('it has no object'));
  if (type === 'ERROR') return Effect.fail(faultOf(object));
  const resourceVersion = resourceVersionOf(object);
  if (resourceVersion === undefined) return Effect.fail(malformed('it has no resourceVersion'));
  if (type === 'BOOKMARK') {
    return Effect.succeed({
      type,
      resourceVersion,
      endsInitialEvents: endsInitialEvents(object['metadata']),
    });
  }
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') {
    return Effect.fail(malformed(`its type is ${JSON.stringify(type)}`));
  }
  return isClusterObject(object)
    ? Effect.succeed({ type, object, resourceVersion })
    : Effect.fail(malformed('its object has no name'));
}

/** Kubernetes API concepts, Streaming lists. */
function endsInitialEvents(metadata: unknown): boolean {
  const annotations = isFields(metadata) ? metadata['annotations'] : undefined;
  return isFields(annotations) && annotations['k8s.io/initial-events-end'] === 'true';
}

/** A Status within the stream. */
function faultOf({
  code,
  reason,
  message,
  details,
}: Readonly<Record<string, unknown>>): ClusterFault {
  const isExpired = reason === 'Expired' || reason === 'Gone';
  const seconds = isFields(details) ? details['retryAfterSeconds'] : undefined;
  return new ClusterFault(`the watch ended: ${String(message ?? reason ?? code)}`, {
    code: isExpired ? 410 : typeof code === 'number' ? code : 500,
    ...(typeof seconds === 'number' && { retryAfter: seconds * 1000 }),
  });
}

function malformed(why: string): ClusterFault {
  return new ClusterFault(`the watch sent what is no event: ${why}`, {
    isUnreadable: true,
  });
}
