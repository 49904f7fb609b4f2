import type { Connection } from '../connection/connection.ts';

/** Fields outside `X-Forwarded-*` by which a proxy tells whom it speaks for: RFC 7239, and what proxies use besides. */
const CLAIMS: ReadonlySet<string> = new Set([
  'forwarded',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-real-ip',
  'x-request-id',
]);

/**
 * Says to the endpoint on whose behalf the request is sent: `X-Forwarded-For`, `-Proto`, `-Host`, `-Port` and
 * `X-Request-Id`. What the client itself says of that is removed: it is not trusted.
 *
 * @param host The value of `X-Forwarded-Host`; `''` for none.
 */
export function setForwarding(
  headers: Headers,
  { clientAddress, scheme, port }: Connection,
  host: string,
  requestId: string,
): void {
  for (const name of Array.from(headers.keys())) {
    if (name.startsWith('x-forwarded-') || CLAIMS.has(name)) headers.delete(name);
  }
  if (clientAddress !== undefined) headers.set('x-forwarded-for', clientAddress);
  headers.set('x-forwarded-proto', scheme);
  if (host !== '') headers.set('x-forwarded-host', host);
  headers.set('x-forwarded-port', String(port));
  headers.set('x-request-id', requestId);
}
