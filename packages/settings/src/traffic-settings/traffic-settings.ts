import type { HashKey, PolicyName } from '@portolan/balancing';

/**
 * How requests to a Service are treated. Every field has an annotation of its own, `portolan.dev/` and the name in kebab
 * case; `docs/reference/annotations.md` is the table. Plain JSON. What is absent is left to the next source, in this order: the
 * Ingress's annotations, the Service's annotations, options for the Service, options for all, `DEFAULT_SETTINGS`.
 *
 * Times are milliseconds, sizes bytes. Counts and states are those of one isolate or process.
 */
export interface TrafficSettings {
  /** How one of several endpoints is chosen. */
  readonly loadBalancing?: PolicyName;
  /** What `RendezvousHash` and `Maglev` go by: the client's address by default. */
  readonly hashKey?: HashKey;
  /** The name of a sealed cookie by which a client stays with its endpoint; absent: none. */
  readonly affinityCookie?: string;
  /** How long such a cookie is good for; absent: as long as the browser's session. */
  readonly affinityCookieMaxAge?: number;

  /** How many further tries a request that may be repeated gets, each at another endpoint where there is one: 0–5. */
  readonly retries?: number;
  /** Statuses that count as a failed try, besides no answer: of 500–599, and 408, 425, 429. */
  readonly retryOn?: readonly number[];
  /** How long one try may take to its first byte. */
  readonly perTryTimeout?: number;
  /** Up to this size a request body is kept to be sent again. */
  readonly retryBodyLimit?: number;

  /** How long the first byte of the answer may take, all tries together; absent: no limit. */
  readonly firstByteTimeout?: number;
  /**
   * How long a body, either way, may stand still while the other side is ready to go on; absent: no limit. Of raw connections and
   * the datagrams of a client: how long both ways together may be still; absent: what the host has for them.
   */
  readonly idleTimeout?: number;
  /** The largest request body; absent: no limit. */
  readonly bodyLimit?: number;

  /**
   * Which Host the endpoint sees. `Preserve`: the client's, where the runtime can, and `X-Forwarded-Host` carries it
   * everywhere; `Require`: as `Preserve`, and an error where the runtime can't; `Endpoint`: the endpoint's own authority.
   */
  readonly hostPolicy?: HostPolicy;

  /** What endpoints of raw TCP get before anything else: a PROXY protocol header with the client's address; absent: nothing. */
  readonly proxyProtocol?: ProxyProtocol;

  /** The most requests under way at one endpoint, streams included; absent: no limit. */
  readonly maxRequests?: number;
  /** The most requests at one endpoint that wait for the first byte; absent: no limit. */
  readonly maxPendingRequests?: number;

  /** After so many failures in a row an endpoint is ejected; 0: never. */
  readonly ejectionFailures?: number;
  /** For how long the first time; each further time in a row it is doubled, up to ten times as long. */
  readonly ejectionTime?: number;
  /** The largest share of a Service port's endpoints that may be out at once: 0–100. */
  readonly ejectionMaxPercent?: number;

  /** The path that active health checks ask for; absent: there are none. Not on Workers, which have no clock of their own. */
  readonly healthPath?: string;
  readonly healthInterval?: number;
  readonly healthTimeout?: number;
  /** After so many good checks in a row an unhealthy endpoint is healthy again. */
  readonly healthyThreshold?: number;
  /** After so many bad checks in a row an endpoint is unhealthy. */
  readonly unhealthyThreshold?: number;
}

export type HostPolicy = 'Endpoint' | 'Preserve' | 'Require';

/** The versions of the PROXY protocol that can be sent: the binary one. */
export type ProxyProtocol = 'V2';

/** What holds where nobody says otherwise, of all settings that can't be absent. */
export type DefaultSettings = Required<
  Pick<
    TrafficSettings,
    | 'ejectionFailures'
    | 'ejectionMaxPercent'
    | 'ejectionTime'
    | 'hashKey'
    | 'healthInterval'
    | 'healthTimeout'
    | 'healthyThreshold'
    | 'hostPolicy'
    | 'loadBalancing'
    | 'retries'
    | 'retryBodyLimit'
    | 'retryOn'
    | 'unhealthyThreshold'
  >
>;

/** Settings with everything decided that has a default. */
export type ResolvedSettings = DefaultSettings & TrafficSettings;

export const DEFAULT_SETTINGS: DefaultSettings = {
  loadBalancing: 'Random',
  hashKey: { type: 'ClientAddress' },
  retries: 2,
  retryOn: [],
  retryBodyLimit: 64 * 1024,
  hostPolicy: 'Preserve',
  ejectionFailures: 5,
  ejectionTime: 10_000,
  ejectionMaxPercent: 50,
  healthInterval: 10_000,
  healthTimeout: 2_000,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};
