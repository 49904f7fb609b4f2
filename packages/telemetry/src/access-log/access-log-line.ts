import type { Exchange, Try } from '@portolan/proxy';

import { endpointName, routeName, serviceName } from '../names/names.ts';

/**
 * One request as one line of JSON, without a line break. Fields come in the order in which people read, always the same;
 * what is not known is left out. Times are milliseconds. Query and header fields are never in it. `docs/how-to/observability.md`
 * is the table.
 */
export function accessLogLine(exchange: Exchange): string {
  const { failure, route, service, tries } = exchange;
  const last = tries.at(-1);
  const line = {
    time: new Date(exchange.startedAt).toISOString(),
    requestId: exchange.requestId,
    traceId: exchange.traceparent?.split('-')[1],
    client: exchange.clientAddress,
    method: exchange.method,
    scheme: exchange.scheme,
    host: exchange.host,
    path: exchange.path,
    status: exchange.status,
    reason: failure?.reason,
    message: failure && withoutQueries(failure.message),
    route: route && routeName(route),
    service: service && serviceName(service),
    endpoint: last && endpointName(last.endpoint),
    tries: tries.map(tryFields),
    timeToFirstByte: toMicroseconds(exchange.timeToFirstByte),
    duration: toMicroseconds(exchange.duration),
    bytes: exchange.bytes,
    end: exchange.end,
    snapshot: exchange.snapshotVersion,
  };
  return JSON.stringify(line).replace(UNSAFE, escape);
}

function tryFields({ endpoint, status, failure, startedAfter, duration }: Try): object {
  return {
    endpoint: endpointName(endpoint),
    status,
    reason: failure,
    startedAfter: toMicroseconds(startedAfter),
    duration: toMicroseconds(duration),
  };
}

/**
 * What JSON may hold as it is, and terminals obey, readers of lines take for an end, or people don't see: DEL, C1 controls,
 * U+2028 and U+2029, invisible characters, and those that turn the direction of writing, which an endpoint's certificate can
 * bring into a message.
 */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Deno's `fetch`, for one, says with which URL it failed. */
function withoutQueries(message: string): string {
  return message.replace(/\?\S+/g, '?…');
}

/** A clock may tell more digits than it knows. */
function toMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
