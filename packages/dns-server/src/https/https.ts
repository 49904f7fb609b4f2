import { respond, type RespondOptions } from '../respond/respond.ts';
import type { Told } from '../response/response.ts';

export type { RespondOptions } from '../respond/respond.ts';

const MEDIA_TYPE = 'application/dns-message';

/** Bytes of the longest message. */
const LONGEST = 65_535;

/**
 * DNS over HTTPS (RFC 8484) as a fetch handler, whatever the path: GET with the query as `dns`, POST with it as content. A query
 * that is refused, or is no good, is answered by DNS, with status 200; what is no query by HTTP.
 */
export function dnsOverHTTPS(options: RespondOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const query = await queryOf(request);
    if (query instanceof Response) return query;
    const response = respond(query, 'stream', options);
    if (response === undefined) return new Response('this is no DNS query\n', { status: 400 });
    const age = maxAge(response.told);
    return new Response(request.method === 'HEAD' ? null : response.message, {
      headers: {
        'Content-Type': MEDIA_TYPE,
        'Content-Length': String(response.message.length),
        'Cache-Control': age === undefined ? 'no-store' : `max-age=${age}`,
      },
    });
  };
}

/** The query, or what is answered instead. */
async function queryOf(request: Request): Promise<Response | Uint8Array> {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return fromURL(new URL(request.url));
    case 'POST':
      return fromContent(request);
    default:
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD, POST' } });
  }
}

/** base64url without padding: RFC 8484 section 4.1. */
function fromURL({ searchParams }: URL): Response | Uint8Array {
  const text = searchParams.get('dns') ?? '';
  if (text.length > Math.ceil((LONGEST * 4) / 3)) return new Response(null, { status: 414 });
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) {
    return new Response('the parameter dns is no query in base64url\n', { status: 400 });
  }
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

async function fromContent({ headers, body }: Request): Promise<Response | Uint8Array> {
  const [type = ''] = (headers.get('Content-Type') ?? '').split(';');
  if (type.trim().toLowerCase() !== MEDIA_TYPE) {
    return new Response(null, { status: 415, headers: { Accept: MEDIA_TYPE } });
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > LONGEST) return new Response(null, { status: 413 });
    chunks.push(chunk);
  }
  const message = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    message.set(chunk, at);
    at += chunk.length;
  }
  return message;
}

/**
 * Seconds that a response may be kept: no longer than any of its records, a negative one no longer than its SOA record says.
 * What was refused, or went wrong, may be answered otherwise at any time.
 *
 * Source: RFC 8484 section 5.1.
 */
function maxAge(told: Told): number | undefined {
  if (!('answers' in told) || !told.authoritative) return undefined;
  return Math.min(
    ...told.answers.map(({ ttl }) => ttl),
    ...told.authorities.map(({ ttl, data }) =>
      data.type === 'SOA' ? Math.min(ttl, data.minimum) : ttl,
    ),
  );
}
