import { isHopByHop } from '../hop-by-hop/hop-by-hop.ts';

/** Fields by which a proxy tells whom and what it speaks for: RFC 7239, W3C Trace Context, and what proxies use besides. */
const CLAIMS: ReadonlySet<string> = new Set([
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'cf-pseudo-ipv4',
  'client-ip',
  'fastly-client-ip',
  'fly-client-ip',
  'forwarded',
  'forwarded-for',
  'front-end-https',
  'proxy-client-ip',
  'remote-addr',
  'traceparent',
  'tracestate',
  'true-client-ip',
  'wl-proxy-client-ip',
  'x-azure-clientip',
  'x-azure-socketip',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-envoy-external-address',
  'x-envoy-internal',
  'x-forwarded',
  'x-host',
  'x-real-ip',
  'x-remote-addr',
  'x-remote-ip',
  'x-request-id',
  'x-rewrite-url',
  'x-scheme',
  'x-url-scheme',
]);

/** What such fields begin with otherwise: `X-Forwarded-For`, `X-Original-Host`, `X-Original-URL`. */
const CLAIM = /^x-(?:forwarded|original)-/;

/**
 * Whether a client could use the field to speak as a proxy does.
 *
 * Backends that read fields as CGI variables (RFC 3875 section 4.1.18) take `X_Forwarded_For`, and some also
 * `X.Forwarded.For`, for `X-Forwarded-For`: every spelling of such a field counts, and of one that is hop-by-hop.
 *
 * @param name In lower case.
 */
export function isClaim(name: string): boolean {
  const dashed = name.replace(/[^a-z\d-]/g, '-');
  if (CLAIMS.has(dashed) || CLAIM.test(dashed)) return true;
  // In its own spelling such a field is dealt with elsewhere.
  return dashed !== name && (isHopByHop(dashed) || dashed === 'content-length');
}
