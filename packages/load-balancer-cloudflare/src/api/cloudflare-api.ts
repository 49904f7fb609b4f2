import { APIError } from 'cloudflare/error';
import { BaseRecords } from 'cloudflare/resources/dns/records';
import { BaseLoadBalancers } from 'cloudflare/resources/load-balancers/load-balancers';
import { BaseMonitors } from 'cloudflare/resources/load-balancers/monitors/monitors';
import { BasePools } from 'cloudflare/resources/load-balancers/pools/pools';
import { BaseZones } from 'cloudflare/resources/zones/zones';
import { createClient } from 'cloudflare/tree-shakable';
import type { PartialCloudflare } from 'cloudflare/tree-shakable';

import { wholeAnswers } from './whole-answers.ts';

/** How the API of Cloudflare is reached. */
export interface CloudflareAccess {
  readonly accountID: string;
  readonly zoneID: string;
  /** An API token with the permissions Load Balancing: Monitors and Pools Edit, Load Balancers Edit, DNS Edit and Zone Read. */
  readonly apiToken: string;
  /** `https://api.cloudflare.com/client/v4` by default. */
  readonly baseURL?: string;
  /** The global `fetch` by default. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** How often a call is tried again that met 408, 409, 429, 5xx or a broken connection; 2 by default. */
  readonly maxRetries?: number;
  /** Milliseconds for one try; 30,000 by default. */
  readonly timeout?: number;
}

/** The official client, with nothing but the resources that are needed here. */
type CloudflareClient = PartialCloudflare<{
  readonly dns: { readonly records: BaseRecords };
  readonly loadBalancers: BaseLoadBalancers & {
    readonly monitors: BaseMonitors;
    readonly pools: BasePools;
  };
  readonly zones: BaseZones;
}>;

/** The client in one zone of one account. */
export interface CloudflareAPI {
  readonly client: CloudflareClient;
  readonly accountID: string;
  readonly zoneID: string;
  /** Why a call failed, in words for people that never have the token in them. */
  readonly reasonOf: (error: unknown) => string;
}

const BASE_URL = 'https://api.cloudflare.com/client/v4';
/** Visible ASCII characters: all that a header takes without a fault that would quote them. */
const TOKEN = /^[\x21-\x7e]+$/;

/** @throws {TypeError} where the token can't be sent. */
export function cloudflareAPI(access: CloudflareAccess): CloudflareAPI {
  const { accountID, zoneID, apiToken, baseURL = BASE_URL, maxRetries = 2 } = access;
  if (!TOKEN.test(apiToken)) {
    throw new TypeError('apiToken must be visible ASCII characters, without spaces');
  }
  const client = createClient({
    resources: [BaseRecords, BaseLoadBalancers, BaseMonitors, BasePools, BaseZones],
    apiToken,
    // Nothing is taken from the environment, and nothing is written to the console.
    apiKey: null,
    apiEmail: null,
    userServiceKey: null,
    logLevel: 'off',
    baseURL,
    maxRetries,
    timeout: access.timeout ?? 30_000,
    fetch: wholeAnswers(access.fetch ?? ((url, init) => fetch(url, init))),
  });
  return {
    client,
    accountID,
    zoneID,
    reasonOf: (error) => reasonOf(error).replaceAll(apiToken, '[token]'),
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof APIError && error.errors.length > 0) {
    const reasons = error.errors.map(({ code, message }) => `${message} (${code})`);
    return `${error.status}: ${reasons.join('; ')}`;
  }
  return error.cause instanceof Error ? `${error.message} ${reasonOf(error.cause)}` : error.message;
}

/**
 * Makes one call, and stops waiting for it at once when the signal aborts, also where the client sleeps before it tries again.
 *
 * @throws What the client threw, or the reason of the signal.
 */
export async function call<T>(
  signal: AbortSignal,
  send: (signal: AbortSignal) => PromiseLike<T>,
): Promise<T> {
  signal.throwIfAborted();
  // The client listens to the signal it is given and never stops to.
  const own = new AbortController();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    own.abort(signal.reason);
    aborted.reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([send(own.signal), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
