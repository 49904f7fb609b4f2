import type { ForwardDecision } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import type { Reachable } from '../dialer/dialer.ts';
import type { Failure } from '../own-response/failure.ts';

/** Which hosts an endpoint is told. */
export interface ToldHosts {
  /** Host; absent where it is the one of the URL, which the runtime writes. */
  readonly host?: string;
  /** `X-Forwarded-Host`; `''` for none. */
  readonly forwardedHost: string;
}

/**
 * Which hosts the endpoint is told, by the Decision's host policy.
 *
 * Host is the one that a filter or an ExternalName sets, whatever the policy; else, with `Endpoint`, the endpoint's own
 * authority, and with the others what the client asked us for. `X-Forwarded-Host` has what the client asked for, or where
 * another host was set and can't be shown, that one.
 *
 * @returns a failure, `HostNotKept`, where the policy is `Require` and the endpoint can't be shown the Host
 */
export function toldHosts(
  { hostname, settings: { hostPolicy } }: Pick<ForwardDecision, 'hostname' | 'settings'>,
  { host: received, forwarded }: Pick<Connection, 'forwarded' | 'host'>,
  { keepsHost, base }: Pick<Reachable, 'base' | 'keepsHost'>,
): Failure | ToldHosts {
  const asked = forwarded?.host ?? received;
  if (hostname === undefined && hostPolicy === 'Endpoint') {
    return { ...(keepsHost && { host: new URL(base).host }), forwardedHost: asked };
  }
  const host = hostname ?? received;
  if (host === '') return { forwardedHost: asked };
  if (keepsHost) return { host, forwardedHost: asked };
  const own = new URL(base);
  if (own.hostname === host || own.host === host) return { forwardedHost: asked };
  if (hostPolicy !== 'Require') return { forwardedHost: hostname ?? asked };
  const message = `the endpoint would see the Host ${own.host} instead of ${host}, which the host policy Require rules out`;
  return { status: 502, reason: 'HostNotKept', message };
}
