import type { FactOptions } from './fact.ts';

/** What of ours does the same as an annotation of another controller, or nearly: then the remedy says what is different. */
export type Equivalent = Pick<FactOptions, 'ours' | 'remedy'>;

export const AFFINITY_COOKIE: Equivalent = {
  ours: ['affinityCookie'],
  remedy:
    'set portolan.dev/affinity-cookie, to the name of a cookie, on the Service; the cookie is sealed',
};

export const AFFINITY_COOKIE_MAX_AGE: Equivalent = {
  ours: ['affinityCookieMaxAge'],
  remedy: 'set portolan.dev/affinity-cookie-max-age, with a unit, on the Service',
};

export const LOAD_BALANCING: Equivalent = {
  ours: ['loadBalancing'],
  remedy:
    'set portolan.dev/load-balancing on the Service: RoundRobin, LeastRequests, Random, or a hash; each counts what one isolate or process sees',
};

export const HASH_KEY: Equivalent = {
  ours: ['loadBalancing', 'hashKey'],
  remedy:
    "set portolan.dev/load-balancing: Maglev and portolan.dev/hash-key on the Service: by one header, cookie or query parameter, or the client's address",
};

export const RETRIES: Equivalent = {
  ours: ['retries'],
  remedy: 'set portolan.dev/retries: further tries beside the first, 5 at most',
};

export const RETRY_ON: Equivalent = {
  ours: ['retryOn'],
  remedy: 'set portolan.dev/retry-on to the statuses after which to try again',
};

export const PER_TRY_TIMEOUT: Equivalent = {
  ours: ['perTryTimeout'],
  remedy:
    'set portolan.dev/per-try-timeout, with a unit: for connecting and waiting for the first byte together',
};

export const FIRST_BYTE_TIMEOUT: Equivalent = {
  ours: ['firstByteTimeout'],
  remedy:
    'set portolan.dev/first-byte-timeout, with a unit: for all tries up to the first byte, not for the whole response',
};

export const IDLE_TIMEOUT: Equivalent = {
  ours: ['idleTimeout'],
  remedy: 'set portolan.dev/idle-timeout, with a unit: for bodies, either way',
};

/** Of controllers for whom waiting for the first byte is standing still, too. */
export const READ_TIMEOUT: Equivalent = {
  ours: ['firstByteTimeout', 'idleTimeout'],
  remedy:
    'set portolan.dev/first-byte-timeout for the wait until the response begins, and portolan.dev/idle-timeout for a body that stands still, each with a unit',
};

/** No annotation of ours: it is who listens that redirects. */
export const HTTPS_REDIRECT: Equivalent = {
  remedy:
    'portolan serve --redirect-https redirects hosts that have a certificate; where TLS ends in front, redirect there: at Cloudflare by Always Use HTTPS',
};

export const CERTIFICATE: Equivalent = {
  remedy:
    'portolan serve --https takes certificates from the Secrets in spec.tls; where TLS ends in front, have one there',
};

/** Bytes of a connection, whatever they are. */
export const TLS_PASSED_ON: Equivalent = {
  remedy:
    'a Service of type NodePort or LoadBalancer passes TLS on as it comes, with portolan serve',
};

export const BODY_LIMIT: Equivalent = {
  ours: ['bodyLimit'],
  remedy: 'set portolan.dev/body-limit, as Kubernetes writes sizes: 8Mi for 8m',
};

export const MAX_REQUESTS: Equivalent = {
  ours: ['maxRequests'],
  remedy:
    'set portolan.dev/max-requests on the Service: requests under way at each endpoint, as one isolate or process sees them',
};

export const MAX_PENDING_REQUESTS: Equivalent = {
  ours: ['maxPendingRequests'],
  remedy:
    'set portolan.dev/max-pending-requests on the Service: for each endpoint, as one isolate or process sees them',
};

export const OWN_HOST: Equivalent = {
  ours: ['hostPolicy'],
  remedy: "set portolan.dev/host-policy: Endpoint, which has them told the endpoint's own address",
};

export const EJECTION_FAILURES: Equivalent = {
  ours: ['ejectionFailures'],
  remedy: 'set portolan.dev/ejection-failures on the Service: failures in a row',
};

export const EJECTION_TIME: Equivalent = {
  ours: ['ejectionTime'],
  remedy: 'set portolan.dev/ejection-time on the Service, which is doubled each time in a row',
};

export const HEALTH_PATH: Equivalent = {
  ours: ['healthPath'],
  remedy: 'set portolan.dev/health-path on the Service; not on Workers',
};

export const HEALTH_INTERVAL: Equivalent = {
  ours: ['healthInterval'],
  remedy:
    'set portolan.dev/health-interval, with a unit, beside portolan.dev/health-path on the Service',
};

export const HEALTH_TIMEOUT: Equivalent = {
  ours: ['healthTimeout'],
  remedy:
    'set portolan.dev/health-timeout, with a unit, beside portolan.dev/health-path on the Service',
};

export const HEALTHY_THRESHOLD: Equivalent = {
  ours: ['healthyThreshold'],
  remedy: 'set portolan.dev/healthy-threshold beside portolan.dev/health-path on the Service',
};

export const UNHEALTHY_THRESHOLD: Equivalent = {
  ours: ['unhealthyThreshold'],
  remedy: 'set portolan.dev/unhealthy-threshold beside portolan.dev/health-path on the Service',
};
