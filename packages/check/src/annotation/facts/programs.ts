import {
  AFFINITY_COOKIE,
  BODY_LIMIT,
  EJECTION_FAILURES,
  EJECTION_TIME,
  HEALTH_PATH,
  HTTPS_REDIRECT,
  IDLE_TIMEOUT,
  LOAD_BALANCING,
  MAX_REQUESTS,
  OWN_HOST,
  PER_TRY_TIMEOUT,
  READ_TIMEOUT,
  RETRIES,
} from '../equivalent.ts';
import { changes, protects, tunes, type Facts } from '../fact.ts';

/** Programs that read annotations and route nothing. */
export const CERT_MANAGER: Facts = {
  '*': tunes(
    'cert-manager goes on reading it, and its certificates are in Secrets of its cluster',
    {
      remedy:
        'give these Secrets to portolan serve --https, or have a certificate where TLS ends in front',
    },
  ),
};
export const EXTERNAL_DNS: Facts = {
  '*': tunes('external-dns goes on reading it, and its records lead to the cluster'),
};

/** One that is no concern of requests. */
export function bystander(name: string): Facts {
  return { '*': tunes(`${name} goes on reading it, and requests are not concerned`) };
}

/** Of Kong. Source: Kong Ingress Controller documentation, Annotations. */
export const KONG: Facts = {
  plugins: protects('none of the plugins {} is applied, those that keep somebody out among them'),
  override: changes('nothing of KongIngress {} is done'),
  'strip-path': changes('the path is forwarded as it came, with the part that matched', {
    unless: ['false'],
  }),
  rewrite: changes('the path is forwarded as it came, not rewritten to {}'),
  path: changes('the path is forwarded as it came, without {} in front'),
  methods: changes('the rules are for every method, not only for {}'),
  'headers.*': changes('the rules are for every request, not only for those with the header {}'),
  'host-aliases': changes('requests for {} get a 404 where no rule is for them'),
  'preserve-host': changes('endpoints are told the host that the client asked for', {
    unless: ['true'],
    ...OWN_HOST,
  }),
  retries: tunes('requests are tried again twice at most, not {} times', {
    unless: ['2'],
    ...RETRIES,
  }),
  'connect-timeout': tunes('connecting may take longer than {} ms', PER_TRY_TIMEOUT),
  'read-timeout': tunes('endpoints may be silent for longer than {} ms', READ_TIMEOUT),
  'write-timeout': tunes('endpoints may take longer than {} ms to go on reading', IDLE_TIMEOUT),
  protocols: changes('the rules are for HTTP and HTTPS, not only for {}'),
  'https-redirect-status-code': changes(
    'HTTP requests are answered, not redirected to HTTPS',
    HTTPS_REDIRECT,
  ),
  'regex-priority': changes('rules go by Exact, then by length, not by the priority {}'),
  'client-cert': changes('no certificate (Secret {}) is shown to endpoints'),
};

/** Of F5's NGINX Ingress Controller. Source: its documentation, Advanced configuration with Annotations. */
export const NGINX_INC: Facts = {
  rewrites: changes('the path is forwarded as it came, not rewritten by {}'),
  'redirect-to-https': changes('HTTP requests are answered, not redirected to HTTPS', {
    unless: ['false'],
    ...HTTPS_REDIRECT,
  }),
  'basic-auth-secret': protects('requests are let in without a password (users in Secret {})'),
  'jwt-key': protects('requests are let in without a token (keys in Secret {})'),
  policies: protects('none of the policies {} is applied'),
  'limit-req-rate': protects('a client may send more than {}'),
  'location-snippets': changes('none of its nginx directives is carried out'),
  'server-snippets': changes('none of its nginx directives is carried out'),
  'mergeable-ingress-type': changes('rules of all Ingresses are merged, {} or not'),
  'path-regex': changes('paths are prefixes, not regular expressions', { unless: ['exact'] }),
  'ssl-services': changes('Services are spoken to without TLS unless appProtocol is https: {}', {
    remedy: 'write appProtocol: https at the ports of these Services',
  }),
  'grpc-services': changes('native gRPC is not passed on: {}'),
  'websocket-services': tunes('WebSockets are passed on where the runtime can, to every Service'),
  'sticky-cookie-services': changes(
    'clients do not keep to one endpoint by a cookie',
    AFFINITY_COOKIE,
  ),
  'lb-method': tunes('endpoints are not picked by {}', LOAD_BALANCING),
  'proxy-connect-timeout': tunes('connecting may take longer than {}', PER_TRY_TIMEOUT),
  'proxy-read-timeout': tunes('endpoints may be silent for longer than {}', READ_TIMEOUT),
  'proxy-send-timeout': tunes('endpoints may take longer than {} to go on reading', IDLE_TIMEOUT),
  'client-max-body-size': tunes('request bodies may be larger than {}', {
    unless: ['0'],
    ...BODY_LIMIT,
  }),
  'max-conns': tunes('connections to endpoints are not limited to {}', {
    unless: ['0'],
    ...MAX_REQUESTS,
  }),
  'max-fails': tunes('endpoints are passed over after five failures in a row, not after {}', {
    unless: ['5'],
    ...EJECTION_FAILURES,
  }),
  'fail-timeout': tunes('endpoints are passed over for ten seconds at first, not for {}', {
    unless: ['10s'],
    ...EJECTION_TIME,
  }),
  'health-checks': tunes('endpoints are not probed: who is ready follows from the Pods', {
    unless: ['false'],
    ...HEALTH_PATH,
  }),
};
