import { resolve, type ResolveOptions } from '@portolan/dns';
import type { Snapshot } from '@portolan/engine';

import { readQuery, type EDNS, type Fault, type Query } from '../query/query.ts';
import { UDP_PAYLOAD, writeResponse, type Told } from '../response/response.ts';

export interface RespondOptions extends ResolveOptions {
  /** Asked for each query. */
  readonly snapshot: () => Snapshot;
  /** Is told why a query was answered with SERVFAIL. */
  readonly onError?: (error: unknown) => void;
}

/** How a message came: a datagram has little room. */
export type Transport = 'datagram' | 'stream';

export interface Response {
  readonly message: Uint8Array<ArrayBuffer>;
  /** What it says. */
  readonly told: Told;
}

/**
 * Responds to a message with another.
 *
 * @returns `undefined` for what is never responded to: a response, and what is too short to have a header.
 */
export function respond(
  message: Uint8Array,
  transport: Transport,
  options: RespondOptions,
): Response | undefined {
  const query = readQuery(message);
  if (query === undefined) return undefined;
  const limit = transport === 'datagram' ? datagramLimit(query.edns) : STREAM_LIMIT;
  const response = (told: Told) => ({ told, message: writeResponse(query, told, limit) });
  try {
    return response(toldOf(query, options));
  } catch (error) {
    options.onError?.(error);
    return response({ rcode: 'SERVFAIL' });
  }
}

function toldOf(query: Fault | Query, { snapshot, ...options }: RespondOptions): Told {
  if ('rcode' in query) return query;
  if (query.edns && query.edns.version > 0) return { rcode: 'BADVERS' };
  return resolve(snapshot(), query.question, options);
}

/** Bytes. Without EDNS: RFC 1035 section 4.2.1; with it what the client takes, but never so much that it goes in fragments. */
function datagramLimit(edns: EDNS | undefined): number {
  return Math.min(Math.max(edns?.payloadSize ?? 0, 512), UDP_PAYLOAD);
}

const STREAM_LIMIT = 65_535;
