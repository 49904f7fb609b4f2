import type { PolicyName } from '@portolan/balancing';

import type { HostPolicy, TrafficSettings } from '../traffic-settings/traffic-settings.ts';

/** What a number may be, both ends included. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** The settings that are numbers. */
export type NumberField = {
  [Field in keyof TrafficSettings]-?: Required<TrafficSettings>[Field] extends number
    ? Field
    : never;
}[keyof TrafficSettings];

/** As long as timers can wait on every runtime. */
const LONGEST = 2 ** 31 - 1;

const TIME: Range = { least: 1, most: LONGEST };
const BYTES: Range = { least: 0, most: Number.MAX_SAFE_INTEGER };
const REQUESTS: Range = { least: 1, most: 1_000_000 };
const THRESHOLD: Range = { least: 1, most: 100 };

export const RANGES: Readonly<Record<NumberField, Range>> = {
  // Max-Age counts in seconds.
  affinityCookieMaxAge: { least: 1_000, most: LONGEST },
  retries: { least: 0, most: 5 },
  perTryTimeout: TIME,
  retryBodyLimit: BYTES,
  firstByteTimeout: TIME,
  idleTimeout: TIME,
  bodyLimit: BYTES,
  maxRequests: REQUESTS,
  maxPendingRequests: REQUESTS,
  ejectionFailures: { least: 0, most: 100 },
  ejectionTime: TIME,
  ejectionMaxPercent: { least: 0, most: 100 },
  healthInterval: TIME,
  healthTimeout: TIME,
  healthyThreshold: THRESHOLD,
  unhealthyThreshold: THRESHOLD,
};

export function isWithin({ least, most }: Range, value: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

export const POLICY_NAMES: readonly PolicyName[] = namesOf<PolicyName>({
  Random: true,
  RoundRobin: true,
  LeastRequests: true,
  RendezvousHash: true,
  Maglev: true,
});

export const HOST_POLICIES: readonly HostPolicy[] = namesOf<HostPolicy>({
  Preserve: true,
  Require: true,
  Endpoint: true,
});

/** All of them: one that is missing doesn't compile. */
function namesOf<Name extends string>(names: Readonly<Record<Name, true>>): readonly Name[] {
  const all: Name[] = [];
  for (const name in names) all.push(name);
  return all;
}

/** Names of header fields and of cookies: RFC 9110 section 5.6.2, RFC 6265 section 4.1.1. */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/** Of a query parameter: anything but nothing and control characters. */
export function isQueryParamName(text: string): boolean {
  return /^\P{Cc}+$/u.test(text);
}

/** RFC 3986, path-absolute and query. Not `//`, which begins a host. */
export function isHealthPath(text: string): boolean {
  return /^\/(?!\/)[\w!$%&'()*+,./:;=?@~-]*$/.test(text);
}

/** A status after which another try may do better. */
export function isRetriedStatus(status: number): boolean {
  return isWithin({ least: 500, most: 599 }, status) || [408, 425, 429].includes(status);
}

/** Each once, in order: equal lists become equal settings. */
export function sortedStatuses(statuses: readonly number[]): readonly number[] {
  return [...new Set(statuses)].toSorted((a, b) => a - b);
}
