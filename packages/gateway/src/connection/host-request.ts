import {
  toRequest,
  type HostArrival,
  type HostRequest,
  type RequestMessage,
} from '@portolan/proxy';

import { clientAddress, IS_ON_WORKERS } from './client-address.ts';

/** What a host tells of a request, as `receive` takes it. */
export type ToldByHost = Pick<
  HostArrival,
  'clientAddress' | 'earlyHints' | 'httpVersion' | 'isPeerAppended' | 'upgrade'
>;

/**
 * What the host that called `fetch` tells of the request: a `HostRequest`, or whatever else a runtime passes along, of which
 * only the address is understood (see `clientAddress`).
 *
 * On Workers our peer is who called Cloudflare, which has appended that address to X-Forwarded-For.
 */
export function hostRequest(
  request: RequestMessage,
  platform: unknown,
  options: {
    readonly clientAddress?: (request: Request, platform: unknown) => string | undefined;
  } = {},
): ToldByHost {
  const address = options.clientAddress
    ? options.clientAddress(requestOf(request), platform)
    : clientAddress(request, platform);
  const { earlyHints, httpVersion, upgrade } = isHostRequest(platform) ? platform : {};
  return {
    clientAddress: address,
    earlyHints,
    httpVersion,
    upgrade,
    isPeerAppended: IS_ON_WORKERS,
  };
}

/** The message as a Request. The content is not its to read. */
function requestOf(message: RequestMessage): Request {
  if (message instanceof Request) return message;
  const { method, url, headers, signal } = message;
  return toRequest({ method, url, headers, signal, body: null });
}

/** Bun's server, which has an `upgrade` of another kind, is told by its `requestIP`. */
function isHostRequest(platform: unknown): platform is HostRequest {
  return (
    typeof platform === 'object' &&
    platform !== null &&
    !('requestIP' in platform) &&
    (!('httpVersion' in platform) || isMaybe('string', platform.httpVersion)) &&
    (!('upgrade' in platform) || isMaybe('function', platform.upgrade)) &&
    (!('earlyHints' in platform) || isMaybe('function', platform.earlyHints))
  );
}

function isMaybe(type: 'function' | 'string', value: unknown): boolean {
  return value === undefined || typeof value === type;
}
