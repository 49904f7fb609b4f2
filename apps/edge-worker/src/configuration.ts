import { parseCIDR } from '@portolan/core';
import type { SettingsOptions, Snapshot } from '@portolan/engine';
import {
  serviceBinding,
  url,
  vpcNetwork,
  type Dialer,
  type Fetcher,
  type Trust,
} from '@portolan/proxy';
import { affinityCookies } from 'portolan';
import * as v from 'valibot';

import { adminToken, sessionSecret } from './secret.ts';
import { SettingsOptionsSchema } from './settings.ts';

/** Without what a URL would read as userinfo, path, query or fragment. */
const authority = v.pipe(v.string(), v.regex(/^(\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i));

/** Domain names of endpoints that may lead to private addresses. */
const allowPrivate = v.optional(v.array(v.string()));

const DialerSchema = v.variant('dialer', [
  v.strictObject({
    dialer: v.literal('url'),
    /** Whether `fetch` may be given an IP address: not on Workers in production (error 1003). */
    ipLiterals: v.optional(v.boolean(), false),
    /** Endpoints that in truth listen elsewhere: `address:port` → `address:port`. */
    overrides: v.optional(v.record(authority, authority)),
    allowPrivate,
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
    allowPrivate,
  }),
]);

const cidr = v.pipe(
  v.string(),
  v.check(
    (text) => parseCIDR(text) !== undefined,
    ({ input }) => `${input} is no block of addresses such as 192.0.2.0/24`,
  ),
);

const TrustSchema = v.strictObject({
  hops: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  cidrs: v.optional(v.array(cidr)),
});

const VariablesSchema = v.object({
  // Hono reads `:`, `*` and `{` as a pattern, which would take other paths as well. No URL has a path with dot segments.
  RESERVED_PATH: v.optional(
    v.pipe(v.string(), v.regex(/^(\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*$/)),
    '/.portolan',
  ),
  DIALERS: v.pipe(v.array(DialerSchema), v.minLength(1)),
  TRUST: v.optional(TrustSchema),
  SETTINGS: v.optional(SettingsOptionsSchema, {}),
  ACCESS_LOG: v.optional(v.picklist(['all', 'failures', 'off']), 'failures'),
  ADMIN_TOKEN: v.optional(adminToken),
  SESSION_SECRET: v.optional(sessionSecret),
});

/** What the Worker's variables, secrets and bindings come to. */
export interface Configuration {
  /** Without a trailing slash; empty: switched off. */
  readonly reservedPath: string;
  readonly dialers: readonly Dialer[];
  /** The proxies in front of Cloudflare whose word counts; absent: none. */
  readonly trust?: Trust;
  /** For what no annotation says. */
  readonly settings: SettingsOptions;
  /** Which requests are logged. */
  readonly accessLog: 'all' | 'failures' | 'off';
  /** Absent: there is no admin side. */
  readonly adminToken?: string;
  /** There where a Service or a rule has an affinity cookie. */
  readonly sessionSecret?: string;
}

/**
 * Reads the Worker's variables.
 *
 * @param snapshot What is to be served with them.
 * @throws {Error} naming every variable that isn't as it should be, and what was expected; never what a secret holds.
 */
export function configure(
  environment: Readonly<Record<string, unknown>>,
  snapshot: Pick<Snapshot, 'routeSettings' | 'services'>,
): Configuration {
  const parsed = v.safeParse(VariablesSchema, environment);
  if (!parsed.success) {
    const faults = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
    throw new Error(`wrangler.jsonc, vars: ${faults.join('; ')}`);
  }
  const variables = parsed.output;
  const cookies = affinityCookies(snapshot, variables.SETTINGS);
  if (variables.SESSION_SECRET === undefined && cookies.size > 0) {
    throw new Error(
      'SESSION_SECRET is missing, and affinityCookie is set: npx wrangler secret put SESSION_SECRET',
    );
  }
  return {
    reservedPath: variables.RESERVED_PATH,
    trust: variables.TRUST,
    settings: variables.SETTINGS,
    accessLog: variables.ACCESS_LOG,
    adminToken: variables.ADMIN_TOKEN,
    sessionSecret: variables.SESSION_SECRET,
    dialers: variables.DIALERS.map((options) => {
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
