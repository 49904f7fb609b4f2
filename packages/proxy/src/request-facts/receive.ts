import type { RequestFacts } from '@portolan/engine';

import type { Connection } from '../connection/connection.ts';
import type { HostRequest } from '../host/host-request.ts';
import type { RequestMessage } from '../message/message.ts';
import { believe } from '../trust/believe.ts';
import { isTrustedBy, type Trust } from '../trust/trust.ts';
import { requestFacts, type Arrival } from './request-facts.ts';

/** What a host tells of where a request came in. `clientAddress` is the address at the other end of the connection. */
export interface HostArrival
  extends Arrival, Pick<HostRequest, 'earlyHints' | 'httpVersion' | 'upgrade'> {
  /**
   * Whether the platform has appended that address to X-Forwarded-For itself, as Cloudflare does. It is then not taken for
   * something that our peer says: the same `Trust` means the same on every platform.
   */
  readonly isPeerAppended?: boolean;
}

/** What deciding needs of a request, and carrying the Decision out. */
export type Received = Connection & RequestFacts;

/**
 * Reads off requests what deciding and forwarding need, and what proxies in front of us say where they are trusted.
 *
 * Such a proxy tells the client's address, and the scheme: with `X-Forwarded-Proto: https` a request that came to us without
 * TLS is decided on as `https`, and the port is that scheme's where the Host names none. `X-Forwarded-Host` and `-Port` are
 * passed on alone: where a request goes is for its Host to say. Of anybody else, nothing of it is looked at.
 *
 * @throws RangeError as `isTrustedBy` does; later, TypeError as `requestFacts` does
 */
export function receive(
  trust: Trust = {},
): (
  request: Pick<RequestMessage, 'headers' | 'method' | 'parts' | 'url'>,
  arrival: HostArrival,
) => Received {
  const isTrusted = isTrustedBy(trust);
  return (request, { isPeerAppended, ...arrival }) => {
    const { earlyHints, httpVersion, upgrade } = arrival;
    const facts = { ...requestFacts(request, arrival), earlyHints, httpVersion, upgrade };
    if (isTrusted === undefined) return facts;
    const peer = { address: arrival.clientAddress, isAppended: isPeerAppended };
    const believed = believe(request.headers, peer, isTrusted);
    if (believed === undefined) return facts;
    const { clientAddress, scheme = facts.scheme, claims } = believed;
    const port = claims.port ?? portIn(claims.host, scheme);
    return {
      ...facts,
      clientAddress,
      scheme,
      port: facts.port === WELL_KNOWN_PORT[facts.scheme] ? WELL_KNOWN_PORT[scheme] : facts.port,
      forwarded: {
        ...claims,
        ...(port !== undefined && { port }),
        ...(scheme !== facts.scheme && { scheme: facts.scheme }),
      },
    };
  };
}

const WELL_KNOWN_PORT = { http: 80, https: 443 } as const;

/** The port that whoever asked for such a host knocked at. */
function portIn(host: string | undefined, scheme: 'http' | 'https'): number | undefined {
  if (host === undefined) return undefined;
  const [, port] = /:(\d+)$/.exec(host) ?? [];
  return port === undefined ? WELL_KNOWN_PORT[scheme] : Number(port);
}
