import type { ServicePort } from '@portolan/core';

/** Values of `appProtocol` that are HTTP as it is carried here: not HTTP/2 without TLS, which no fetch speaks. */
const HTTP_PROTOCOLS: ReadonlySet<string> = new Set([
  'grpc-web',
  'http',
  'http-alt',
  'https',
  'kubernetes.io/ws',
  'kubernetes.io/wss',
  'ws',
  'wss',
]);

/** Names that people give to ports of web servers, alone or before or after a hyphen: `http-metrics`, `admin-https`. */
const HTTP_NAME = /(?:^|-)(?:grpc-web|https?|web|www)(?:-|$)/u;

/** Ports that IANA has registered for HTTP, and the one that is usual beside 8080. */
const HTTP_PORTS: ReadonlySet<number> = new Set([80, 443, 8008, 8080, 8443]);

/** Why a port is not taken for one that HTTP is spoken at; `undefined`: it is, as far as can be told from what is written. */
export function whyNotHTTP({
  port,
  protocol = 'TCP',
  appProtocol = '',
  name = '',
}: ServicePort): string | undefined {
  if (protocol !== 'TCP') return `port ${port} carries ${protocol}`;
  if (appProtocol !== '') {
    return HTTP_PROTOCOLS.has(appProtocol.toLowerCase())
      ? undefined
      : `port ${port} speaks ${appProtocol}`;
  }
  return HTTP_NAME.test(name) || HTTP_PORTS.has(port)
    ? undefined
    : `nothing says that port ${port} speaks HTTP`;
}
