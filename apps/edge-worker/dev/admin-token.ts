import { randomUUID } from 'node:crypto';

import * as v from 'valibot';

import { adminToken as AdminTokenSchema } from '../src/secret.ts';

/** The token of the admin side. */
export interface AdminToken {
  readonly value: string;
  /** How it stands in a shell's double quotes: one that somebody has set is not printed. */
  readonly typed: string;
}

/** PORTOLAN_TOKEN, or where that is not set a new one; `undefined` where it is none that a client could bring. */
export function adminToken(): AdminToken | undefined {
  const set = process.env['PORTOLAN_TOKEN'];
  if (set !== undefined) {
    return v.is(AdminTokenSchema, set) ? { value: set, typed: '$PORTOLAN_TOKEN' } : undefined;
  }
  const made = randomUUID();
  return { value: made, typed: made };
}
