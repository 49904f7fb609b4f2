import type { Connection } from '../connection/connection.ts';

/** Fields by which a proxy tells whom and what it speaks for: RFC 7239, and what proxies use besides. */
const CLAIMS: ReadonlySet<string> = new Set([
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'cf-pseudo-ipv4',
  'client-ip',
  'fastly-client-ip',
  'fly-client-ip',
  'forwarded',
  'front-end-https',
  'true-client-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-envoy-external-address',
  'x-envoy-internal',
  'x-forwarded',
  'x-real-ip',
  'x-request-id',
  'x-rewrite-url',
  'x-scheme',
  'x-url-scheme',
]);

/** What such fields begin with otherwise: `X-Forwarded-For`, `X-Original-Host`, `X-Original-URL`. */
const CLAIM = /^x-(?:forwarded|original)-/;

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
    if (CLAIM.test(name) || CLAIMS.has(name)) headers.delete(name);
  }
  if (clientAddress !== undefined) headers.set('x-forwarded-for', clientAddress);
  headers.set('x-forwarded-proto', scheme);
  if (host !== '') headers.set('x-forwarded-host', host);
  headers.set('x-forwarded-port', String(port));
  headers.set('x-request-id', requestId);
}
