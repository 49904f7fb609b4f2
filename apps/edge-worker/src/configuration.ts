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

const VariablesSchema = v.object({
  RESERVED_PATH: v.optional(v.pipe(v.string(), v.regex(/^(\/[^/]+)*$/)), '/.portolan'),
  DIALERS: v.pipe(v.array(DialerSchema), v.minLength(1)),
});

/** What the Worker's variables and bindings come to. */
export interface Configuration {
  /** Without a trailing slash; empty: switched off. */
  readonly reservedPath: string;
  readonly dialers: readonly Dialer[];
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
  const { RESERVED_PATH, DIALERS } = parsed.output;
  return {
    reservedPath: RESERVED_PATH,
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
