import { backendProtocol } from '../backend-protocol.ts';
import { changes, nothing, tunes, type Facts } from '../fact.ts';

const STREAMED = 'bodies are streamed both ways and never buffered';
const NO_COOKIE = 'there is no such cookie';
const NO_CORS = 'no header for cross-origin requests is added';
const NO_SPANS = 'no spans are recorded';
const NO_TIMEOUT =
  "there is no timeout but the runtime's own and timeToFirstByte, which is set for the whole proxy";
const OTHER_TLS = "TLS is spoken as the runtime's fetch does by itself";

/** How endpoints are called, and what is done to messages. Source: ingress-nginx documentation, Annotations. */
export const INGRESS_NGINX_UPSTREAM: Facts = {
  'backend-protocol': backendProtocol,
  'fastcgi-index': tunes('FastCGI is not spoken'),
  'fastcgi-params-configmap': tunes('FastCGI is not spoken'),
  'proxy-ssl-secret': changes('no certificate (Secret {}) is shown to endpoints'),
  'proxy-ssl-verify': tunes(OTHER_TLS, { unless: ['off'] }),
  'proxy-ssl-*': tunes(OTHER_TLS),
  'ssl-ciphers': tunes('TLS ends in front of Portolan'),
  'ssl-prefer-server-ciphers': tunes('TLS ends in front of Portolan'),
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
    remedy: 'sessionAffinity: ClientIP of a Service keeps them to one by their address',
  }),
  'affinity-canary-behavior': tunes(NO_COOKIE, { needs: 'affinity' }),
  'affinity-mode': tunes(NO_COOKIE, { needs: 'affinity' }),
  'session-cookie-*': tunes(NO_COOKIE, { needs: 'affinity' }),
  'upstream-hash-by': changes('endpoints are not picked by {}'),
  'upstream-hash-by-subset': tunes('endpoints are not picked by a hash', {
    needs: 'upstream-hash-by',
  }),
  'upstream-hash-by-subset-size': tunes('endpoints are not picked by a hash', {
    needs: 'upstream-hash-by-subset',
  }),
  'load-balance': tunes('endpoints are not picked by {}'),

  'proxy-next-upstream': changes(
    'a request that fails at one endpoint is not tried again at another',
    { unless: ['off'] },
  ),
  'proxy-next-upstream-timeout': tunes('requests are not tried again'),
  'proxy-next-upstream-tries': tunes('requests are not tried again', { unless: ['1'] }),
  'proxy-connect-timeout': tunes(NO_TIMEOUT),
  'proxy-read-timeout': tunes(NO_TIMEOUT),
  'proxy-send-timeout': tunes(NO_TIMEOUT),
  'proxy-body-size': tunes('request bodies may be larger than {}', { unless: ['0'] }),
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
