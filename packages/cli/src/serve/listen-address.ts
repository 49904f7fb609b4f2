import { parseIP } from '@portolan/core';
import type { ListenOptions } from '@portolan/host';

/** What a place to listen at looks like, for people. */
export const LISTEN_ADDRESS =
  'must be a port, an IP address and a port such as 0.0.0.0:8080 or [::]:8080, or off';

/** Who listens at a port alone is heard by nobody but this machine. */
const LOOPBACK = '127.0.0.1';

/**
 * Reads where to listen: `8080`, `0.0.0.0:8080`, `[::1]:8080`; `off`: nowhere.
 *
 * @throws {RangeError} for anything else.
 */
export function parseListenAddress(text: string): ListenOptions | 'off' {
  if (text === 'off') return text;
  const [, host = LOOPBACK, digits = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  const bare = /^\[(.*:.*)\]$/.exec(host)?.[1];
  const hostname = bare ?? host;
  const isAddress =
    parseIP(hostname) !== undefined && hostname.includes(':') === (bare !== undefined);
  const port = Number(digits);
  if (digits === '' || port > 65_535 || !isAddress) {
    throw new RangeError(`${LISTEN_ADDRESS}, not ${text}`);
  }
  return { hostname, port };
}
