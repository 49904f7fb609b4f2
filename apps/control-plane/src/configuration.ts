import type { Token } from '@portolan/kube-api';
import * as v from 'valibot';

const TOKEN = 'must be at least 16 letters, digits or any of - . _ ~ + / and may end in =';

const TokenSchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)),
  role: v.picklist(['admin', 'read', 'register']),
  // A b64token: RFC 6750 section 2.1.
  token: v.pipe(
    v.string(TOKEN),
    v.check((text) => text.length >= 16 && /^[\w.~+/-]+=*$/.test(text), TOKEN),
  ),
  namespaces: v.optional(v.array(v.string())),
  addresses: v.optional(v.array(v.string())),
});

const TokensSchema = v.union([
  v.array(TokenSchema),
  v.pipe(v.string(), v.parseJson(), v.array(TokenSchema)),
]);

const AddressSchema = v.union([
  v.strictObject({ ip: v.string() }),
  v.strictObject({ hostname: v.string() }),
]);

const VariablesSchema = v.object({
  TOKENS: v.optional(TokensSchema, []),
  PREFIX: v.optional(v.pipe(v.string(), v.regex(/^(\/[\w.~-]+)+$/)), '/.portolan/kube'),
  KV_INTERVAL: v.optional(v.pipe(v.number(), v.minValue(1)), 30),
  ADDRESSES: v.optional(v.array(AddressSchema)),
});

/** What the Worker's variables and secrets come to. */
export interface Configuration {
  /** Who may call the API; none: nobody may. */
  readonly tokens: readonly Token[];
  /** What stands before `/api` in paths. */
  readonly prefix: string;
  /** Milliseconds between two writes to KV. */
  readonly kvInterval: number;
  /** Where the edge worker is reached. */
  readonly addresses?: v.InferOutput<typeof VariablesSchema>['ADDRESSES'];
}

/**
 * Reads the Worker's variables.
 *
 * @throws {Error} naming every variable that isn't as it should be, and what was expected; never what a secret holds.
 */
export function configure(environment: Readonly<Record<string, unknown>>): Configuration {
  const parsed = v.safeParse(VariablesSchema, environment, { abortPipeEarly: true });
  if (!parsed.success) {
    const faults = parsed.issues.map((issue) => faultOf(issue));
    throw new Error(`wrangler.jsonc, vars: ${faults.join('; ')}`);
  }
  const { TOKENS, PREFIX, KV_INTERVAL, ADDRESSES } = parsed.output;
  return {
    tokens: TOKENS,
    prefix: PREFIX,
    kvInterval: KV_INTERVAL * 1000,
    addresses: ADDRESSES,
  };
}

/** valibot's own messages quote what was received. */
function faultOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? '';
  return path.startsWith('TOKENS')
    ? `${path}: must be a list of { name, role: admin, read or register, token }, and a token ${TOKEN}`
    : `${path}: ${issue.message}`;
}
