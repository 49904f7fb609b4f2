import { serviceBinding, url, vpcNetwork, type Dialer, type Fetcher } from '@portolan/proxy';
import * as v from 'valibot';

const authority = v.pipe(v.string(), v.regex(/^(\[[0-9a-f:.]+\]|[^\s:/]+):\d{1,5}$/i));

const DialerSchema = v.variant('dialer', [
  v.strictObject({
    dialer: v.literal('url'),
    /** Whether `fetch` may be given an IP address: not on Workers in production (error 1003). */
    ipLiterals: v.optional(v.boolean(), false),
    /** Endpoints that in truth listen elsewhere: `address:port` → `address:port`. */
    overrides: v.optional(v.record(authority, authority)),
  }),
  v.strictObject({
    dialer: v.literal('service'),
    binding: v.string(),
    services: v.pipe(v.array(v.string()), v.minLength(1)),
  }),
  v.strictObject({
    dialer: v.literal('vpcNetwork'),
    binding: v.string(),
    cidrs: v.optional(v.array(v.string())),
  }),
]);

/** Milliseconds; a longer one would end at once: HTML standard section 8.7, timers take 32 bits. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

const VariablesSchema = v.object({
  // Hono reads `:`, `*` and `{` as a pattern, which would take other paths as well.
  RESERVED_PATH: v.optional(v.pipe(v.string(), v.regex(/^(\/[\w.~-]+)*$/)), '/.portolan'),
  TIME_TO_FIRST_BYTE: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LONGEST_TIMEOUT)),
  ),
  DIALERS: v.pipe(v.array(DialerSchema), v.minLength(1)),
});

/** What the Worker's variables and bindings come to. */
export interface Configuration {
  /** Without a trailing slash; empty: switched off. */
  readonly reservedPath: string;
  readonly dialers: readonly Dialer[];
  /** Milliseconds; absent: no limit. */
  readonly timeToFirstByte?: number;
}

/**
 * Reads the Worker's variables.
 *
 * @throws {Error} naming every variable that isn't as it should be, and what was expected.
 */
export function configure(environment: Readonly<Record<string, unknown>>): Configuration {
  const parsed = v.safeParse(VariablesSchema, environment);
  if (!parsed.success) {
    const faults = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
    throw new Error(`wrangler.jsonc, vars: ${faults.join('; ')}`);
  }
  const { RESERVED_PATH, DIALERS, TIME_TO_FIRST_BYTE } = parsed.output;
  return {
    reservedPath: RESERVED_PATH,
    timeToFirstByte: TIME_TO_FIRST_BYTE,
    dialers: DIALERS.map((options) => {
      switch (options.dialer) {
        case 'url':
          return url(options);
        case 'service':
          return serviceBinding(binding(environment, options.binding), options);
        case 'vpcNetwork':
          return vpcNetwork(binding(environment, options.binding), options);
      }
    }),
  };
}

function binding(environment: Readonly<Record<string, unknown>>, name: string): Fetcher {
  const bound = environment[name];
  if (isFetcher(bound)) return bound;
  throw new Error(`wrangler.jsonc: DIALERS names the binding ${name}, which does not exist`);
}

function isFetcher(value: unknown): value is Fetcher {
  return typeof value === 'object' && value !== null && 'fetch' in value;
}
