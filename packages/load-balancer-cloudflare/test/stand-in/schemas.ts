import { Ajv } from 'ajv';
import type { AnySchema, ValidateFunction } from 'ajv';

/** The collections of the API that the stand-in keeps. */
export type Collection = 'monitors' | 'pools' | 'load_balancers' | 'dns_records';

const id = { type: 'string', pattern: '^[0-9a-f]{32}$' };
const port = { type: 'integer', minimum: 1, maximum: 65_535 };
const hostname = {
  type: 'string',
  maxLength: 253,
  pattern: '^(\\*\\.)?([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$',
};
const pools = { type: 'array', items: id, minItems: 1, uniqueItems: true };

/** What may be sent, by the types of the client (cloudflare 7.3.0) and the limits in their comments. */
const PROPERTIES: Readonly<Record<Collection, Readonly<Record<string, AnySchema>>>> = {
  monitors: {
    allow_insecure: { type: 'boolean' },
    consecutive_down: { type: 'integer', minimum: 0 },
    consecutive_up: { type: 'integer', minimum: 0 },
    description: { type: 'string' },
    expected_body: { type: 'string' },
    expected_codes: {
      type: 'string',
      pattern: '^([1-5]xx|[1-5][0-9]{2})(,([1-5]xx|[1-5][0-9]{2}))*$',
    },
    follow_redirects: { type: 'boolean' },
    header: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
    interval: { type: 'integer', minimum: 10, maximum: 3600 },
    method: { enum: ['GET', 'HEAD', 'connection_established'] },
    path: { type: 'string', pattern: '^/' },
    port,
    probe_zone: hostname,
    retries: { type: 'integer', minimum: 0, maximum: 5 },
    timeout: { type: 'integer', minimum: 1, maximum: 10 },
    type: { enum: ['http', 'https', 'tcp', 'udp_icmp', 'icmp_ping', 'smtp'] },
  },
  pools: {
    name: { type: 'string', minLength: 1, pattern: '^[A-Za-z0-9_-]+$' },
    description: { type: 'string' },
    enabled: { type: 'boolean' },
    minimum_origins: { type: 'integer', minimum: 0 },
    monitor: id,
    notification_email: { type: 'string' },
    origin_steering: {
      type: 'object',
      additionalProperties: false,
      properties: {
        policy: { enum: ['random', 'hash', 'least_outstanding_requests', 'least_connections'] },
      },
    },
    origins: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'address'],
        properties: {
          name: { type: 'string', minLength: 1 },
          address: { type: 'string', minLength: 1 },
          enabled: { type: 'boolean' },
          port: { type: 'integer', minimum: 0, maximum: 65_535 },
          weight: { type: 'number', minimum: 0, maximum: 1 },
        },
      },
    },
  },
  load_balancers: {
    name: hostname,
    description: { type: 'string' },
    enabled: { type: 'boolean' },
    proxied: { type: 'boolean' },
    default_pools: pools,
    fallback_pool: id,
    steering_policy: {
      enum: ['off', 'geo', 'random', 'dynamic_latency', 'proximity', 'least_outstanding_requests'],
    },
    session_affinity: { enum: ['none', 'cookie', 'ip_cookie', 'header'] },
    session_affinity_ttl: { type: 'integer', minimum: 1800, maximum: 604_800 },
    ttl: { type: 'integer', minimum: 30 },
  },
  dns_records: {
    name: hostname,
    type: { enum: ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT'] },
    content: { type: 'string', minLength: 1 },
    proxied: { type: 'boolean' },
    ttl: { anyOf: [{ const: 1 }, { type: 'integer', minimum: 60, maximum: 86_400 }] },
    comment: { type: 'string', maxLength: 100 },
    tags: { type: 'array', items: { type: 'string' } },
  },
};

const REQUIRED: Readonly<Record<Collection, readonly string[]>> = {
  monitors: [],
  pools: ['name', 'origins'],
  load_balancers: ['name', 'default_pools', 'fallback_pool'],
  dns_records: ['name', 'type', 'ttl', 'content'],
};

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const compiled = new Map<string, ValidateFunction>();

/** What is wrong with a body, of which nothing is required where it changes something that is there. */
export function bodyErrors(collection: Collection, body: unknown, isNew: boolean): string[] {
  const key = `${collection} ${isNew}`;
  const schema = {
    type: 'object',
    additionalProperties: false,
    minProperties: 1,
    properties: PROPERTIES[collection],
    required: isNew ? REQUIRED[collection] : [],
  };
  const validate = compiled.get(key) ?? ajv.compile(schema);
  compiled.set(key, validate);
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || 'body'} ${message}`,
  );
}
