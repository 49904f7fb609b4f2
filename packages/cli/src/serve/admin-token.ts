import { randomUUID } from 'node:crypto';

import { UsageError } from '../main/usage-error.ts';

/** The token of the admin side. */
export interface AdminToken {
  readonly value: string;
  /** How it stands in a shell's double quotes: one that somebody has set is not printed. */
  readonly typed: string;
}

/** A b64token (RFC 6750 section 2.1) of at least 16 characters. */
const B64TOKEN = /^(?=.{16})[A-Za-z0-9\-._~+/]+=*$/;

/**
 * PORTOLAN_TOKEN, or where that is not set a new one.
 *
 * @throws {UsageError} where it is none that a client could bring, without telling it.
 */
export function adminToken(): AdminToken {
  const { PORTOLAN_TOKEN: set } = process.env;
  if (set === undefined) {
    const made = randomUUID();
    return { value: made, typed: made };
  }
  if (!B64TOKEN.test(set)) {
    throw new UsageError('PORTOLAN_TOKEN must be a bearer token of at least 16 characters');
  }
  return { value: set, typed: '$PORTOLAN_TOKEN' };
}
