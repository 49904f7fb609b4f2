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

import { controlPlaneSource } from './live/control-plane-source.ts';
import { kvSource } from './live/kv-source.ts';
import { liveOverrides, type LiveOverrides } from './live/live-overrides.ts';
import type { SnapshotSource } from './live/snapshot-source.ts';
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
    /** The binding that tells overrides which change: `npm start` has stand-in Pods that come and go. */
    overridesFrom: v.optional(v.string()),
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

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0));

const LiveSchema = v.strictObject({
  /** Milliseconds between two checks for a newer Snapshot. */
  interval: v.optional(milliseconds, 1_000),
  /** Milliseconds that the first requests of an isolate wait for a Snapshot newer than the bundled one. */
  firstWait: v.optional(milliseconds, 1_000),
  /** Seconds since a source last answered after which the Snapshot is called stale. */
  staleAfter: v.optional(v.pipe(v.number(), v.minValue(1)), 60),
});

const VariablesSchema = v.object({
  LIVE: v.optional(LiveSchema, {}),
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

/** Where newer Snapshots come from, and when they are asked for. */
interface Live extends v.InferOutput<typeof LiveSchema> {
  /** In the order in which they are asked; none: the bundled Snapshot is all there is. */
  readonly sources: readonly SnapshotSource[];
  /** Asks for overrides once more. */
  readonly refreshOverrides?: () => Promise<void>;
  /** What the resource API is asked by. */
  readonly controlPlane?: Pick<Fetcher, 'fetch'>;
}

/** What the Worker's variables, secrets and bindings come to. */
export interface Configuration {
  /** Without a trailing slash; empty: switched off. */
  readonly reservedPath: string;
  readonly dialers: readonly Dialer[];
  /** The proxies in front of Cloudflare whose word counts; absent: none. */
  readonly trust?: Trust;
  /** For what no annotation says. */
  readonly settings: SettingsOptions;
  readonly live: Live;
  /** Which requests are logged. */
  readonly accessLog: 'all' | 'failures' | 'off';
  /** Absent: there is no admin side. */
  readonly adminToken?: string;
  /** The files of the map; absent: there is no map. */
  readonly assets?: Pick<Fetcher, 'fetch'>;
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
  const overrides = overridesOf(environment, variables.DIALERS);
  return {
    reservedPath: variables.RESERVED_PATH,
    trust: variables.TRUST,
    settings: variables.SETTINGS,
    live: {
      ...variables.LIVE,
      ...sourcesOf(environment),
      ...(overrides && { refreshOverrides: overrides.refresh }),
    },
    accessLog: variables.ACCESS_LOG,
    adminToken: variables.ADMIN_TOKEN,
    ...(isFetcher(environment['ASSETS']) && { assets: environment['ASSETS'] }),
    sessionSecret: variables.SESSION_SECRET,
    dialers: variables.DIALERS.map((options) => {
      switch (options.dialer) {
        case 'url':
          return url({ ...options, ...(overrides && { overrides: overrides.current }) });
        case 'service':
          return serviceBinding(binding(environment, options.binding), options);
        case 'vpcNetwork':
          return vpcNetwork(binding(environment, options.binding), options);
      }
    }),
  };
}

function overridesOf(
  environment: Readonly<Record<string, unknown>>,
  dialers: v.InferOutput<typeof VariablesSchema>['DIALERS'],
): LiveOverrides | undefined {
  for (const options of dialers) {
    if (options.dialer !== 'url' || options.overridesFrom === undefined) continue;
    return liveOverrides(binding(environment, options.overridesFrom));
  }
  return undefined;
}

/** A binding is all that it takes. */
function sourcesOf({
  CONTROL_PLANE,
  SNAPSHOTS,
}: Readonly<Record<string, unknown>>): Pick<Live, 'controlPlane' | 'sources'> {
  return {
    sources: [
      ...(isFetcher(CONTROL_PLANE) ? [controlPlaneSource(CONTROL_PLANE)] : []),
      ...(isNamespace(SNAPSHOTS) ? [kvSource(SNAPSHOTS)] : []),
    ],
    ...(isFetcher(CONTROL_PLANE) && { controlPlane: CONTROL_PLANE }),
  };
}

function isNamespace(value: unknown): value is KVNamespace {
  return typeof value === 'object' && value !== null && 'getWithMetadata' in value;
}

function binding(environment: Readonly<Record<string, unknown>>, name: string): Fetcher {
  const bound = environment[name];
  if (isFetcher(bound)) return bound;
  throw new Error(`wrangler.jsonc: DIALERS names the binding ${name}, which does not exist`);
}

function isFetcher(value: unknown): value is Fetcher {
  return typeof value === 'object' && value !== null && 'fetch' in value;
}
