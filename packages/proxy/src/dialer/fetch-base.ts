import { authority } from '@portolan/core';

import { applicationProtocol } from '../application-protocol/application-protocol.ts';
import type { DialTarget, Unreachable } from './dialer.ts';

/** Where `fetch` can address a target. */
export interface FetchBase {
  /** Scheme and authority. */
  readonly base: string;
  /**
   * The host as `fetch` reads it, IPv6 without brackets: of a name that is an IP address in disguise, such as `127.1` or
   * `0x7f.1`, the address (URL standard section 3.5).
   */
  readonly host: string;
}

/**
 * Scheme and authority under which `fetch` can address the target. HTTP/2 without TLS is beyond every `fetch`.
 *
 * @param at Where it is to be found, if not at the endpoint's own address.
 */
export function fetchBase(
  { endpoint, service }: DialTarget,
  at: string = authority(endpoint.address, endpoint.port),
): FetchBase | Unreachable {
  const protocol = applicationProtocol(service.appProtocol);
  if (protocol === 'h2c') {
    return {
      unreachable: 'ProtocolNotSupported',
      message: `appProtocol ${service.appProtocol} needs HTTP/2 without TLS, which is not spoken here`,
    };
  }
  const base = `${protocol}://${at}`;
  const host = hostOf(base);
  if (host === undefined) {
    return { unreachable: 'InvalidAddress', message: `${at} can not stand in a URL` };
  }
  return { base, host };
}

/** So many are remembered: each request asks anew for that of its endpoint. */
const MOST = 10_000;

const hosts = new Map<string, string | undefined>();

/** @returns `undefined` where the base is no URL */
function hostOf(base: string): string | undefined {
  if (hosts.has(base)) return hosts.get(base);
  if (hosts.size >= MOST) hosts.clear();
  const host = URL.canParse(base) ? new URL(base).hostname.replace(/^\[|\]$/g, '') : undefined;
  hosts.set(base, host);
  return host;
}
