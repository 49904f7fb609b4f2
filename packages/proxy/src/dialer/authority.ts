import type { Endpoint } from '@portolan/core';

/** Address and port as they stand in a URL, IPv6 in brackets: RFC 3986 section 3.2. */
export function authority({ address, addressType, port }: Endpoint): string {
  return `${addressType === 'IPv6' ? `[${address}]` : address}:${port}`;
}
