import { parseCIDR, validateDNS1123Label, validateLabelValue } from '@portolan/core';

import { StatusError } from '../status/status.ts';
import type { Identity, Token } from './access.ts';

/** RFC 6750 section 2.1; the scheme's name is case-insensitive: RFC 9110 section 11.1. */
const BEARER = /^bearer +([a-z0-9\-._~+/]+=*)$/i;

interface Known {
  readonly identity: Identity;
  readonly digest: Uint8Array;
}

/** Says who sends a request. Rejects with a StatusError (401) where nobody known does. */
export type Authenticate = (request: Request) => Promise<Identity>;

/**
 * Compares SHA-256 digests, and each request's with every token's, so that the time it takes tells nothing about tokens.
 *
 * @throws {TypeError} for a token that is too short or no b64token, a token or a name that is given twice, a name that is
 *   no word, or for a registrar no label's value, namespaces that are no DNS label, and addresses that are no CIDR.
 */
export function authenticator(tokens: readonly Token[]): Authenticate {
  for (const token of tokens) check(token);
  for (const field of ['name', 'token'] as const) {
    if (new Set(tokens.map((token) => token[field])).size < tokens.length) {
      throw new TypeError(`two tokens have the same ${field}`);
    }
  }
  let known: Promise<readonly Known[]> | undefined;
  return async (request) => {
    known ??= Promise.all(
      tokens.map(async ({ token, ...identity }) => ({ identity, digest: await digestOf(token) })),
    );
    const [, given = ''] = BEARER.exec(request.headers.get('authorization') ?? '') ?? [];
    const digest = await digestOf(given);
    let found: Identity | undefined;
    for (const each of await known) {
      if (isSame(each.digest, digest)) found = each.identity;
    }
    if (found === undefined) throw new StatusError(401, 'Unauthorized', 'Unauthorized');
    return found;
  };
}

/** @throws {TypeError} which never says what the token is. */
function check({ name, role, token, namespaces = [], addresses = [] }: Token): void {
  // It stands in the audit log.
  if (!/^[!-~]{1,253}$/.test(name)) {
    throw new TypeError(
      `the name ${JSON.stringify(name)} of a token is not 1 to 253 visible ASCII characters`,
    );
  }
  // It marks what a registrar made.
  if (role === 'register' && validateLabelValue(name).length > 0) {
    throw new TypeError(`the name ${name} of a token for registering is no label's value`);
  }
  // An empty one would be all of them.
  const namespace = namespaces.find((each) => validateDNS1123Label(each).length > 0);
  if (namespace !== undefined) {
    throw new TypeError(`${name} has no name of a namespace in ${JSON.stringify(namespace)}`);
  }
  const block = addresses.find((each) => parseCIDR(each) === undefined);
  if (block !== undefined) throw new TypeError(`${name} has no block of addresses in ${block}`);
  if (token.length < 16 || !BEARER.test(`Bearer ${token}`)) {
    throw new TypeError(`the token of ${name} is no b64token of at least 16 characters`);
  }
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
}
