import type { Session } from '@portolan/engine';
import { stringifySetCookie } from 'cookie';

/** Makes affinity cookies, and reads them back. Nothing is kept: the cookie itself says where a client belongs. */
export interface SessionCookies {
  /**
   * The sessions that the request's cookies of these names hold. What we did not make, or what has expired, is left out; of
   * several cookies of one name, which a neighbouring domain can bring about, the first counts that is left.
   */
  readonly open: (
    cookieHeader: string | null,
    names: ReadonlySet<string>,
  ) => Promise<Readonly<Record<string, Session>>>;
  /** The Set-Cookie field that binds a client to an endpoint. */
  readonly seal: (name: string, session: Session, options: SealOptions) => Promise<string>;
}

export interface SealOptions {
  /** Milliseconds; absent: until the browser is closed. */
  readonly maxAge?: number;
  /** Whether the client came over HTTPS. A cookie named `__Host-` or `__Secure-` is taken by no browser otherwise. */
  readonly secure: boolean;
}

const NONCE = 12;
const TAG = 16;

/** More cookies than this are not looked into: they would only cost time. */
const MOST = 20;

/** Names of cookies that have to be Secure: RFC 6265bis section 4.1.3. Such a name says that clients come over HTTPS. */
const SECURE = /^__(?:host|secure)-/i;

/**
 * Affinity cookies are sealed with AES-GCM: a client can neither read the address inside nor make one up. Whoever has the
 * same secret can open them: every isolate and process of a deployment should.
 *
 * @param secret Any text; the key is made from it by SHA-256, so it should be as hard to guess as a key. By default one is made
 *   at random when it is needed first: Workers have no randomness before there is a request.
 * @param now Milliseconds since 1970.
 */
export function sessionCookies(secret?: string, now: () => number = Date.now): SessionCookies {
  let imported: Promise<CryptoKey> | undefined;
  const key = (): Promise<CryptoKey> => (imported ??= importKey(secret ?? crypto.randomUUID()));

  async function open(name: string, text: string): Promise<Session | undefined> {
    const sealed = fromBase64URL(text);
    if (sealed === undefined || sealed.length <= NONCE + TAG) return undefined;
    const algorithm = algorithmFor(name, sealed.subarray(0, NONCE));
    try {
      const opened = await crypto.subtle.decrypt(algorithm, await key(), sealed.subarray(NONCE));
      return parse(new TextDecoder().decode(opened), now());
    } catch {
      // Somebody else's, or made with another secret.
      return undefined;
    }
  }

  return {
    open: async (cookieHeader, names) => {
      const sessions = new Map<string, Session>();
      const cookies = cookiesOf(cookieHeader ?? '').filter(([name]) => names.has(name));
      for (const [name, value] of cookies.slice(0, MOST)) {
        if (sessions.has(name)) continue;
        // oxlint-disable-next-line no-await-in-loop -- there is hardly ever more than one
        const session = await open(name, value);
        if (session !== undefined) sessions.set(name, session);
      }
      return Object.fromEntries(sessions);
    },
    seal: async (name, { port, endpoint }, { maxAge, secure }) => {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
      const expires = maxAge === undefined ? 0 : now() + maxAge;
      const text = new TextEncoder().encode(`${expires} ${port} ${endpoint}`);
      const algorithm = algorithmFor(name, nonce);
      const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, await key(), text));
      return stringifySetCookie({
        name,
        value: toBase64URL(Uint8Array.of(...nonce, ...sealed)),
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: secure || SECURE.test(name),
        ...(maxAge !== undefined && { maxAge: Math.ceil(maxAge / 1000) }),
      });
    },
  };
}

/** Names and values: RFC 6265 section 5.4. Ours are never quoted. */
function cookiesOf(header: string): readonly (readonly [string, string])[] {
  return header.split(';').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [] : [[pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]];
  });
}

async function importKey(secret: string): Promise<CryptoKey> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['decrypt', 'encrypt']);
}

/** The cookie's name is sealed in: one cookie's value is worth nothing under another name. */
function algorithmFor(
  name: string,
  nonce: Uint8Array<ArrayBuffer>,
): Parameters<SubtleCrypto['encrypt']>[0] & { readonly name: 'AES-GCM' } {
  return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(name) };
}

function parse(text: string, now: number): Session | undefined {
  const [expires = '', port = '', endpoint = ''] = text.split(' ');
  return expires === '0' || Number(expires) > now ? { port, endpoint } : undefined;
}

function toBase64URL(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64URL(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return undefined;
  }
}
