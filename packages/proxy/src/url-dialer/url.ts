import { authority, parseIP } from '@portolan/core';

import type { Dialer, DialTarget, Reachable } from '../dialer/dialer.ts';
import { fetchBase } from '../dialer/fetch-base.ts';
import { toRequestInit } from '../message/fetch-message.ts';
import { AddressNotAllowedError, nameGuard, type NameGuard } from '../private-range/name-guard.ts';
import { TARGETS, type Target } from '../target/target.ts';
import { decodedResponse } from './decoded-response.ts';
import { runtimeFetch, type RuntimeFetch } from './runtime-fetch.ts';

type Overrides = Readonly<Record<string, string>>;

export interface URLDialerOptions {
  /** By default the runtime's own, looked up at each call. */
  readonly fetch?: (request: Request, init: RequestInit) => Promise<Response>;
  /** The runtime that it is about, for those who only want to know what could be dialled there; by default this one. */
  readonly target?: Target;
  /** Whether IP literals may be dialled: by default yes, or what `target` can. Workers in production refuse them (error 1003). */
  readonly ipLiterals?: boolean;
  /** The ports that may be dialled; absent: all that the runtime's `fetch` connects to. */
  readonly ports?: readonly number[];
  /**
   * Endpoints that in truth listen elsewhere: `address:port` → `address:port`, IPv6 in brackets. Local stand-ins that
   * could not get a port of their own are found so. A function is asked each time.
   */
  readonly overrides?: Overrides | (() => Overrides);
  /**
   * Domain names of endpoints that may lead to addresses which are not public; none by default. Any other such name is
   * resolved before each request, where the runtime lets us, and refused if it leads to one. `fetch` then resolves it once
   * more by itself, so a zone that answers differently within moments is not caught: `@portolan/node`'s `socket` looks at
   * the very address that it connects to.
   */
  readonly allowPrivate?: readonly string[];
}

/** Reaches an endpoint with the runtime's `fetch`, at `http(s)://address:port`. */
export function url(options: URLDialerOptions = {}): Dialer {
  const { ports, target } = options;
  const ipLiterals = options.ipLiterals ?? (target ? TARGETS[target].ipLiterals : true);
  const { overrides = {} } = options;
  const overridesNow = typeof overrides === 'function' ? overrides : () => overrides;
  let runtime: RuntimeFetch | undefined;
  let guard: NameGuard | undefined;

  const dial = (called: DialTarget): ReturnType<Dialer['dial']> => {
    const own = authority(called.endpoint.address, called.endpoint.port);
    const at = overridesNow()[own] ?? own;
    const found = fetchBase(called, at);
    if ('unreachable' in found) return found;
    if (!ipLiterals && parseIP(found.host) !== undefined) {
      return {
        unreachable: 'IPLiteralNotAllowed',
        message: `${found.host} is an IP literal, which fetch does not take here`,
      };
    }
    const port = Number(at.slice(at.lastIndexOf(':') + 1));
    const able = (runtime ??= { ...runtimeFetch(), ...(target && TARGETS[target]) });
    if (able.blockedPorts.has(port) || (ports !== undefined && !ports.includes(port))) {
      return {
        unreachable: 'PortNotAllowed',
        message: `${port} is none of the ports that fetch connects to here`,
      };
    }
    const guarded = called.endpoint.addressType === 'FQDN' && at === own;
    if (!guarded) return reachable(found.base, options.fetch, able);
    guard ??= nameGuard(options.allowPrivate ?? [], able.resolveName);
    const refused = guard.refuse(found.host);
    if (refused !== undefined) {
      return { unreachable: 'AddressNotAllowed', message: refused.message };
    }
    const { check } = guard;
    return reachable(found.base, options.fetch, able, () => check(found.host));
  };
  return { name: 'url', dial };
}

function reachable(
  base: string,
  own: URLDialerOptions['fetch'],
  able: RuntimeFetch,
  check?: () => Promise<void>,
): Reachable {
  const { keepsHost, upgrades, init, asksForIdentity, decodes, carries, wasNeverSent } = able;
  return {
    fetch: async (request) => {
      await check?.();
      if (asksForIdentity) request.headers.set('accept-encoding', 'identity');
      const response = await (own ? own(request, init()) : fetch(request, init()));
      return decodedResponse(response, decodes);
    },
    ...(own === undefined &&
      able.takesMessages && {
        send: async (message) => {
          await check?.();
          return fetch(message.url, toRequestInit(message, { ...init(), redirect: 'manual' }));
        },
      }),
    base,
    keepsHost,
    upgrades,
    ...(carries && { carries }),
    ...(check && { permit: check }),
    wasNeverSent: (error) => error instanceof AddressNotAllowedError || wasNeverSent(error),
  };
}
