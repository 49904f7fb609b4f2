/** What is spoken to an endpoint. */
export type ApplicationProtocol = 'http' | 'https' | 'h2c';

const OVER_TLS: ReadonlySet<string> = new Set(['https', 'kubernetes.io/wss']);
const HTTP2_IN_THE_CLEAR: ReadonlySet<string> = new Set(['kubernetes.io/h2c', 'grpc']);

/**
 * What `appProtocol` of a Service port asks for. Names are compared without regard to case, as IANA service names are
 * (RFC 6335 section 5.1).
 *
 * `https` and `kubernetes.io/wss` are spoken over TLS. `kubernetes.io/h2c` and `grpc` need HTTP/2 without TLS. Everything
 * else, `kubernetes.io/ws` and an absent value included, is HTTP in the clear: the port number decides nothing, so 443
 * without `appProtocol` is `http` too.
 *
 * Source: Kubernetes API reference, ServicePort v1 core, `appProtocol`; KEP-3726.
 */
export function applicationProtocol(appProtocol: string = ''): ApplicationProtocol {
  const name = appProtocol.toLowerCase();
  if (OVER_TLS.has(name)) return 'https';
  return HTTP2_IN_THE_CLEAR.has(name) ? 'h2c' : 'http';
}
