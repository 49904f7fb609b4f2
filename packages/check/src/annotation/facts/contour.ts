import { changes, tunes, type Facts } from '../fact.ts';

/** Source: Contour documentation, Annotations Reference. */
export const CONTOUR: Facts = {
  'ingress.class': changes('the Ingress is served whatever its class, {} or another', {
    remedy: 'write spec.ingressClassName',
  }),
  'retry-on': changes('a request that fails is not tried again'),
  'num-retries': tunes('requests are not tried again', { needs: 'retry-on' }),
  'per-try-timeout': tunes('requests are not tried again', { needs: 'retry-on' }),
  'response-timeout': tunes('no response is cut off after {}'),
  'request-timeout': tunes('no response is cut off after {}'),
  'tls-minimum-protocol-version': tunes('TLS ends in front of Portolan'),
  'tls-cert-namespace': tunes('certificates are not served from Secrets'),
  'websocket-routes': tunes('WebSockets are passed on where the runtime can, on whatever path'),
  'upstream-protocol.h2': changes("the runtime's fetch chooses the version of HTTP at port {}", {
    remedy: 'write appProtocol: https at the port of the Service',
  }),
  'upstream-protocol.h2c': changes('port {} is spoken to in HTTP/1.1, not in HTTP/2'),
  'upstream-protocol.tls': changes(
    'port {} is spoken to without TLS unless its appProtocol is https',
    {
      remedy: 'write appProtocol: https at the port of the Service',
    },
  ),
  'max-*': tunes('connections and requests are not limited to {}'),
  'per-host-max-connections': tunes('connections are not limited to {}'),
};
