import type { Refusal } from '../refusal/refusal.ts';
import { isHost, isPlainHost } from './host.ts';

/** Whom and what a request is for. */
export interface RequestTarget {
  /** The target URI, as the URL standard writes it. */
  readonly url: TargetURL;
  /** What counts as the value of Host; absent where there was none. */
  readonly host?: string;
}

/** What of a `URL` is asked for. */
type TargetURL = Pick<URL, 'host' | 'href' | 'pathname' | 'port' | 'protocol' | 'search'>;

/** What makes up the target URI: RFC 9112 section 3.3. */
export interface TargetParts {
  readonly method: string;
  /** As received. */
  readonly target: string;
  readonly scheme: 'http' | 'https';
  /** The value of Host. */
  readonly host: string | undefined;
  /** Address and port that the connection was made to, where there is no Host. */
  readonly local: string;
}

const ABSOLUTE_FORM = /^([a-z][a-z\d+.-]*):\/\/([^/?]*)(.*)$/i;
/** Segments that the URL standard takes for `.` and `..`. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

/** Consecutive slashes, escapes that are none, and NUL. */
const RESOLVED_OTHERWISE = /\/\/|%(?![\da-f]{2})|%00/i;

const INVALID: Refusal = { status: 400, reason: 'InvalidTarget' };

/**
 * Reads the request target in all its forms: RFC 9112 section 3.2.
 *
 * A URL says the same as the target did, or the target is refused. What a URL writes otherwise is `'` in a query, and in a path
 * what `@portolan/routing` writes alike: dot segments are resolved, and `"`, `<`, `>`, `^`, `` ` ``, `{`, `}` are escaped.
 *
 * @returns `*` for a request that concerns the server itself (section 3.2.4).
 */
export function requestTarget(parts: TargetParts): RequestTarget | Refusal | '*' {
  const { method, target, scheme, host, local } = parts;
  if (target === '*') return method === 'OPTIONS' ? '*' : INVALID;
  if (target.startsWith('/')) return targetURL(scheme, host ?? local, target, host);
  const [, named = '', authority = '', rest = ''] = ABSOLUTE_FORM.exec(target) ?? [];
  // Userinfo included, which only hides the true authority: RFC 9110 section 4.2.4.
  if (!isHost(authority)) return INVALID;
  if (named.toLowerCase() !== scheme) {
    const known = /^https?$/i.test(named);
    return known ? { status: 421, reason: 'MisdirectedRequest' } : INVALID;
  }
  if (rest === '' && method === 'OPTIONS') return '*';
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  // This authority counts, whatever Host says: section 3.2.2.
  return targetURL(scheme, authority, path, authority);
}

/** A target that a URL leaves as it is: without dot segments, and without anything that is escaped. */
const PLAIN_TARGET = /^((?:\/(?!\.|%2e)[\w.~!$&'()*+,;=:@%-]*)+)(\?[\w.~!$&()*+,;=:@%/?-]+)?$/i;

/** The same as `new URL`, where nothing of it is to be altered. Most requests are such. */
function plainURL(scheme: string, authority: string, target: string): TargetURL | undefined {
  const [, pathname, search = ''] = PLAIN_TARGET.exec(target) ?? [];
  if (pathname === undefined || !isPlainHost(authority)) return undefined;
  const [name = '', given = ''] = authority.toLowerCase().split(':');
  const port = given === (scheme === 'https' ? '443' : '80') ? '' : given;
  const host = port === '' ? name : `${name}:${port}`;
  const href = `${scheme}://${host}${target}`;
  return { host, href, pathname, port, protocol: `${scheme}:`, search };
}

function targetURL(
  scheme: string,
  authority: string,
  target: string,
  host: string | undefined,
): RequestTarget | Refusal {
  const plain = plainURL(scheme, authority, target);
  if (plain !== undefined) return { url: plain, ...(host !== undefined && { host }) };
  const [, path = '', query = ''] = /^([^?]*)(.*)$/.exec(target) ?? [];
  const url = new URL(`${scheme}://${authority}${target}`);
  const carried =
    !target.includes('#') &&
    (url.pathname === path || isNormalizedAlike(path)) &&
    (query === '?' || url.search === query.replaceAll("'", '%27'));
  return carried ? { url, ...(host !== undefined && { host }) } : INVALID;
}

/**
 * Whether a path that the URL standard alters comes out of the routing's normalisation as it would have without that. There
 * slashes are merged before dot segments are resolved, and a path is refused for what stands before a dot segment, too.
 */
function isNormalizedAlike(path: string): boolean {
  return !path.includes('\\') && !(DOT_SEGMENT.test(path) && RESOLVED_OTHERWISE.test(path));
}
