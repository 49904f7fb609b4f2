/**
 * A host as it stands in a URL, with its port where one is given: `10.0.0.7:8080`, `[fd00::7]:8080`, `shop.example`. IPv6
 * addresses are in brackets: RFC 3986 section 3.2.
 *
 * @param address An IP literal without brackets, or a name.
 */
export function authority(address: string, port?: number): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return port === undefined ? host : `${host}:${port}`;
}
