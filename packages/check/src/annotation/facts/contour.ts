import { CLIENT_TLS } from '../client-tls.ts';
import {
  FIRST_BYTE_TIMEOUT,
  MAX_PENDING_REQUESTS,
  MAX_REQUESTS,
  PER_TRY_TIMEOUT,
  RETRIES,
  RETRY_ON,
} from '../equivalent.ts';
import { changes, tunes, type Facts } from '../fact.ts';

/** Source: Contour documentation, Annotations Reference. */
export const CONTOUR: Facts = {
  'ingress.class': changes('the Ingress is served whatever its class, {} or another', {
    remedy: 'write spec.ingressClassName',
  }),
  'retry-on': tunes('requests are tried again where no answer comes, not on {}', RETRY_ON),
  'num-retries': tunes('requests are tried again twice at most, not {} times', {
    unless: ['2'],
    needs: 'retry-on',
    ...RETRIES,
  }),
  'per-try-timeout': tunes('a try may take longer than {}', {
    needs: 'retry-on',
    ...PER_TRY_TIMEOUT,
  }),
  'response-timeout': tunes('no response is cut off after {}', FIRST_BYTE_TIMEOUT),
  'request-timeout': tunes('no response is cut off after {}', FIRST_BYTE_TIMEOUT),
  'tls-minimum-protocol-version': tunes(CLIENT_TLS),
  'tls-cert-namespace': tunes('Secrets are looked for in the namespace of the Ingress, not in {}', {
    remedy: 'put the Secret into the namespace of the Ingress',
  }),
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
  'max-requests': tunes('requests are not limited to {}', MAX_REQUESTS),
  'max-pending-requests': tunes('waiting requests are not limited to {}', MAX_PENDING_REQUESTS),
  'max-*': tunes('connections and requests are not limited to {}'),
  'per-host-max-connections': tunes('connections are not limited to {}'),
};
