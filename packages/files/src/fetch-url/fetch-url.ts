import { STATUS_CODES } from 'node:http';

import { errorCode, NotReadable } from '../file-fault/file-fault.ts';

const MAXIMUM_REDIRECTS = 5;
/** Source: Fetch standard, section 2.2.6, redirect status. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The body behind a URL, as it comes in. Redirects are followed, up to five, from http to https but never back, and to no
 * other scheme.
 *
 * @param timeLimit Milliseconds until the whole body has to be there.
 * @throws {NotReadable} also while the body is read
 */
export async function* fetchURL(
  text: string,
  timeLimit: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!URL.canParse(text)) throw new NotReadable('it is no valid URL');
  const url = new URL(text);
  if (hasUserInformation(url)) {
    throw new NotReadable('a URL with a user name or a password is refused');
  }
  const signal = AbortSignal.timeout(timeLimit);
  try {
    const { body } = await follow(url, signal);
    // It is cancelled where it is left before its end.
    if (body) yield* body;
  } catch (error) {
    if (error instanceof NotReadable) throw error;
    const tookTooLong = `it took longer than ${timeLimit / 1000} s`;
    throw new NotReadable(signal.aborted ? tookTooLong : reasonOf(error));
  }
}

async function follow(url: URL, signal: AbortSignal, redirects = 0): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', signal });
  if (response.ok) return response;
  void response.body?.cancel().catch(() => undefined);
  const { status } = response;
  const location = response.headers.get('location');
  if (!REDIRECTS.has(status) || location === null) {
    throw new NotReadable(`${status} ${STATUS_CODES[status] ?? ''}`.trim());
  }
  if (redirects === MAXIMUM_REDIRECTS) {
    throw new NotReadable(`there are more than ${MAXIMUM_REDIRECTS} redirects`);
  }
  return follow(redirected(url, location), signal, redirects + 1);
}

function redirected(from: URL, location: string): URL {
  if (!URL.canParse(location, from)) throw new NotReadable('it redirects to what is no URL');
  const to = new URL(location, from);
  if (to.protocol !== 'http:' && to.protocol !== 'https:') {
    throw new NotReadable(`it redirects to ${to.protocol}, and only http and https are followed`);
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new NotReadable('it redirects from https to http, which is not followed');
  }
  if (hasUserInformation(to)) {
    throw new NotReadable('it redirects to a URL with a user name or a password');
  }
  return to;
}

function hasUserInformation({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EAI_AGAIN', 'the host is not known'],
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'the connection was closed'],
  ['ENOTFOUND', 'the host is not known'],
  ['UND_ERR_SOCKET', 'the connection was closed'],
]);

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = errorCode(cause);
  return REASONS.get(code ?? '') ?? `the connection failed: ${code ?? messageOf(cause)}`;
}

/** Deno has no codes, and puts the URL into its messages: `… for url (…): client error (Connect): …`. */
function messageOf(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line.slice(line.lastIndexOf('): ') + 1).replace(/^: /u, '');
}
