import { formatIP, parseIP, unmapIP, type IP } from '@portolan/core';

import type { Connection, ForwardedClaims } from '../connection/connection.ts';
import { forwardedElements, type ForwardedElement } from '../forwarding/forwarded-elements.ts';
import { isTraceparent, isTracestate } from '../forwarding/trace-context.ts';
import type { HeaderFields } from '../message/message.ts';
import { nodeAddress } from './node-address.ts';
import type { IsTrusted } from './trust.ts';

/** Who is at the other end of the connection. */
export interface Peer {
  /** An IP literal; absent where the platform doesn't tell. */
  readonly address?: string;
  /** Whether the platform itself has appended that address to X-Forwarded-For. */
  readonly isAppended?: boolean;
}

/** What is believed of a request that a trusted proxy passed on. */
export interface Believed extends Pick<Connection, 'clientAddress'> {
  readonly scheme?: 'http' | 'https';
  readonly claims: Omit<ForwardedClaims, 'scheme'>;
}

/**
 * Reads what trusted proxies say of a request, from X-Forwarded-For, -Proto, -Host and -Port, or where there is no
 * X-Forwarded-For, from Forwarded (RFC 7239). Of a list the entry counts that the outermost trusted proxy wrote, the
 * rightmost being our peer's; where there are fewer, the leftmost.
 *
 * @returns `undefined` where not even our peer is trusted
 */
export function believe(
  headers: HeaderFields,
  peer: Peer,
  isTrusted: IsTrusted,
): Believed | undefined {
  const address = parseIP(peer.address ?? '');
  const nearest = address && unmapIP(address);
  if (!isTrusted(nearest, 0)) return undefined;

  const forwardedFor = forwardedForOf(headers, peer, nearest);
  const forwarded = forwardedFor.length === 0 ? headers.get('forwarded') : null;
  const said =
    forwarded === null
      ? forwardedFor.map((text): ForwardedElement => ({ for: text }))
      : forwardedElements(forwarded);
  const { hops, outermost, read } = walk(nearest, said, isTrusted);

  const claim = (name: string): string | undefined => entryOf(headers.get(name), read);
  const scheme = schemeOf(forwarded === null ? claim('x-forwarded-proto') : outermost.proto);
  const host = hostOf(forwarded === null ? claim('x-forwarded-host') : outermost.host);
  const port = portOf(forwarded === null ? claim('x-forwarded-port') : undefined);
  const client = hops.at(-1);
  return {
    clientAddress: client && formatIP(client),
    scheme,
    claims: {
      hops: hops.map((hop) => (hop ? formatIP(hop) : 'unknown')).toReversed(),
      ...(host !== undefined && { host }),
      ...(port !== undefined && { port }),
      ...identityOf(headers),
    },
  };
}

/** The entries of X-Forwarded-For, the last first, without the one that the platform wrote. */
function forwardedForOf(
  headers: HeaderFields,
  { isAppended = false }: Peer,
  peer: IP | undefined,
): readonly string[] {
  const entries = entriesOf(headers.get('x-forwarded-for')).toReversed();
  const [last] = entries;
  if (!isAppended || peer === undefined || last === undefined) return entries;
  const told = nodeAddress(last);
  return told && formatIP(told) === formatIP(peer) ? entries.slice(1) : entries;
}

function entriesOf(list: string | null): readonly string[] {
  return list === null ? [] : list.split(',').map((entry) => entry.trim());
}

/** From our peer outwards, as far as each is trusted and says who called it. */
function walk(
  peer: IP | undefined,
  said: Iterable<ForwardedElement>,
  isTrusted: IsTrusted,
): {
  /** Our peer's address first. */
  readonly hops: readonly (IP | undefined)[];
  /** What the outermost trusted one said. */
  readonly outermost: ForwardedElement;
  /** How many were listened to. */
  readonly read: number;
} {
  const hops = [peer];
  let outermost: ForwardedElement = {};
  let read = 0;
  for (const element of said) {
    if (!isTrusted(hops.at(-1), read)) break;
    outermost = element;
    read += 1;
    const address = nodeAddress(element.for ?? '');
    if (address === undefined) break;
    hops.push(address);
  }
  return { hops, outermost, read };
}

/** The entry that the outermost of so many proxies wrote, if each appended one. */
function entryOf(list: string | null, read: number): string | undefined {
  const entries = entriesOf(list);
  return entries[Math.max(0, entries.length - Math.max(1, read))];
}

/** Of WebSockets some proxies tell `ws` and `wss`. */
const SCHEMES: ReadonlyMap<string, 'http' | 'https'> = new Map([
  ['http', 'http'],
  ['https', 'https'],
  ['ws', 'http'],
  ['wss', 'https'],
]);

function schemeOf(text: string = ''): 'http' | 'https' | undefined {
  return SCHEMES.get(text.toLowerCase());
}

const HOST = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::[1-9]\d*)?$/i;

function hostOf(text: string = ''): string | undefined {
  return HOST.test(text) && URL.canParse(`http://${text}`) ? text : undefined;
}

function portOf(text: string = ''): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** A token, RFC 9110 section 5.6.2, of a length that logs bear. */
const REQUEST_ID = /^[!#$%&'*+.^_`|~\w-]{1,128}$/;

function identityOf(
  headers: HeaderFields,
): Pick<ForwardedClaims, 'requestId' | 'traceparent' | 'tracestate'> {
  const requestId = headers.get('x-request-id') ?? '';
  const traceparent = headers.get('traceparent') ?? '';
  const isTraced = isTraceparent(traceparent);
  const tracestate = isTraced ? (headers.get('tracestate') ?? '') : '';
  return {
    ...(REQUEST_ID.test(requestId) && { requestId }),
    ...(isTraced && { traceparent }),
    ...(isTracestate(tracestate) && { tracestate }),
  };
}
