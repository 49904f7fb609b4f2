import { backendProtocol } from '../backend-protocol.ts';
import { CLIENT_TLS } from '../client-tls.ts';
import {
  AFFINITY_COOKIE,
  AFFINITY_COOKIE_MAX_AGE,
  BODY_LIMIT,
  FIRST_BYTE_TIMEOUT,
  HASH_KEY,
  IDLE_TIMEOUT,
  LOAD_BALANCING,
  PER_TRY_TIMEOUT,
  READ_TIMEOUT,
  RETRIES,
  RETRY_ON,
} from '../equivalent.ts';
import { changes, nothing, tunes, type Fact, type Facts } from '../fact.ts';

const STREAMED = 'bodies are streamed both ways and never buffered';
const NO_COOKIE = 'there is no such cookie';
const NO_CORS = 'no header for cross-origin requests is added';
const NO_SPANS =
  'spans are recorded only where a program gives Portolan a tracer, which the edge worker does not';
const OTHER_TLS = "TLS is spoken as the runtime's fetch does by itself";

/** Both try again where no answer comes. */
const nextUpstream: Fact = (value, about) => {
  if (value.trim().toLowerCase() === 'off') {
    return tunes('what may be repeated is tried again where no answer comes', {
      ours: ['retries'],
      remedy: "set portolan.dev/retries: '0'",
    })(value, about);
  }
  if (value.includes('non_idempotent')) {
    return changes('what may not be repeated, such as a POST, is not tried again')(value, about);
  }
  const isByStatus = value.includes('http_');
  return isByStatus
    ? tunes('no status has requests tried again', RETRY_ON)(value, about)
    : undefined;
};

/** How endpoints are called, and what is done to messages. Source: ingress-nginx documentation, Annotations. */
export const INGRESS_NGINX_UPSTREAM: Facts = {
  'backend-protocol': backendProtocol,
  'fastcgi-index': tunes('FastCGI is not spoken'),
  'fastcgi-params-configmap': tunes('FastCGI is not spoken'),
  'proxy-ssl-secret': changes('no certificate (Secret {}) is shown to endpoints'),
  'proxy-ssl-verify': tunes(OTHER_TLS, { unless: ['off'] }),
  'proxy-ssl-*': tunes(OTHER_TLS),
  'ssl-ciphers': tunes(CLIENT_TLS),
  'ssl-prefer-server-ciphers': tunes(CLIENT_TLS),
  'service-upstream': tunes(
    'the endpoints themselves are called, not the cluster IP of the Service',
    { unless: ['false'] },
  ),
  'upstream-vhost': changes('endpoints are told the host that the client asked for, not {}'),
  'x-forwarded-prefix': changes('endpoints get no X-Forwarded-Prefix with {}'),
  'connection-proxy-header': tunes("Connection is set by the runtime's fetch"),
  'proxy-http-version': tunes("the runtime's fetch chooses the version of HTTP"),

  affinity: changes('clients do not keep to one endpoint by a cookie', {
    unless: ['', 'none'],
    ...AFFINITY_COOKIE,
  }),
  'affinity-canary-behavior': tunes(NO_COOKIE, { needs: 'affinity' }),
  'affinity-mode': tunes(NO_COOKIE, { needs: 'affinity' }),
  'session-cookie-name': tunes(NO_COOKIE, { needs: 'affinity', ...AFFINITY_COOKIE }),
  'session-cookie-max-age': tunes(NO_COOKIE, { needs: 'affinity', ...AFFINITY_COOKIE_MAX_AGE }),
  'session-cookie-expires': tunes(NO_COOKIE, { needs: 'affinity', ...AFFINITY_COOKIE_MAX_AGE }),
  'session-cookie-*': tunes(NO_COOKIE, { needs: 'affinity', ours: ['affinityCookie'] }),
  'upstream-hash-by': changes('endpoints are not picked by {}', HASH_KEY),
  'upstream-hash-by-subset': tunes('endpoints are not picked by a hash', {
    needs: 'upstream-hash-by',
  }),
  'upstream-hash-by-subset-size': tunes('endpoints are not picked by a hash', {
    needs: 'upstream-hash-by-subset',
  }),
  'load-balance': tunes('endpoints are not picked by {}', LOAD_BALANCING),

  'proxy-next-upstream': nextUpstream,
  'proxy-next-upstream-timeout': tunes('tries are not limited to {} seconds', {
    unless: ['0'],
    ...FIRST_BYTE_TIMEOUT,
  }),
  'proxy-next-upstream-tries': tunes('requests are tried up to three times, not {}', {
    unless: ['3'],
    ...RETRIES,
  }),
  'proxy-connect-timeout': tunes('connecting may take longer than {} seconds', PER_TRY_TIMEOUT),
  'proxy-read-timeout': tunes('endpoints may be silent for longer than {} seconds', READ_TIMEOUT),
  'proxy-send-timeout': tunes(
    'endpoints may take longer than {} seconds to go on reading',
    IDLE_TIMEOUT,
  ),
  'proxy-body-size': tunes('request bodies may be larger than {}', {
    unless: ['0'],
    ...BODY_LIMIT,
  }),
  'client-body-buffer-size': tunes(STREAMED),
  'proxy-buffer-size': tunes(STREAMED),
  'proxy-buffering': tunes(STREAMED, { unless: ['off'] }),
  'proxy-buffers-number': tunes(STREAMED),
  'proxy-busy-buffers-size': tunes(STREAMED),
  'proxy-max-temp-file-size': tunes(STREAMED, { unless: ['0'] }),
  'proxy-request-buffering': tunes(STREAMED, { unless: ['off'] }),

  'enable-cors': changes(
    "responses get no header for cross-origin requests but the endpoint's own, and preflight requests are forwarded",
    { unless: ['false'] },
  ),
  'cors-*': tunes(NO_CORS, { needs: 'enable-cors' }),
  'custom-headers': changes('responses do not get the headers in ConfigMap {}'),
  'proxy-cookie-domain': changes('cookies keep the domain that the endpoint gives them', {
    unless: ['off'],
  }),
  'proxy-cookie-path': changes('cookies keep the path that the endpoint gives them', {
    unless: ['off'],
  }),
  'proxy-redirect-from': changes('Location is passed on as the endpoint sends it', {
    unless: ['default', 'off'],
  }),
  'proxy-redirect-to': tunes('Location is passed on as the endpoint sends it', {
    needs: 'proxy-redirect-from',
  }),
  'http2-push-preload': tunes('Link headers are passed on, nothing is pushed', {
    unless: ['false'],
  }),

  'enable-access-log': nothing,
  'enable-rewrite-log': tunes('nothing is rewritten', { unless: ['false'] }),
  'enable-opentelemetry': tunes(NO_SPANS, { unless: ['false'] }),
  'enable-opentracing': tunes(NO_SPANS, { unless: ['false'] }),
  'opentelemetry-*': tunes(NO_SPANS),
  'opentracing-*': tunes(NO_SPANS),
  'enable-influxdb': tunes('nothing is sent to InfluxDB', { unless: ['false'] }),
  'influxdb-*': tunes('nothing is sent to InfluxDB', { needs: 'enable-influxdb' }),
};
