import { backendProtocol } from '../backend-protocol.ts';
import {
  AFFINITY_COOKIE,
  BODY_LIMIT,
  HEALTH_INTERVAL,
  HEALTH_PATH,
  HTTPS_REDIRECT,
  IDLE_TIMEOUT,
  LOAD_BALANCING,
  MAX_REQUESTS,
  PER_TRY_TIMEOUT,
  READ_TIMEOUT,
  TLS_PASSED_ON,
} from '../equivalent.ts';
import { changes, nothing, protects, tunes, type Facts } from '../fact.ts';

const NO_TIMEOUT = 'nothing is cut off after {}';
const NO_CHECK = 'endpoints are not probed: who is ready follows from the Pods';
const NOT_LIMITED = 'nobody is limited, so this has nothing to tune';
const SNIPPET =
  'none of its HAProxy directives is carried out, those that keep somebody out among them';
const ALLOWED = 'clients from everywhere are let in, not only those from {}';
const NOT_PICKED = 'endpoints are not picked by {}';

/** Of HAProxy Technologies' controller, and of the community's. Sources: documentation of both. */
export const HAPROXY: Facts = {
  'allow-list': protects(ALLOWED),
  'allowlist-source-range': protects(ALLOWED),
  whitelist: protects(ALLOWED),
  'whitelist-source-range': protects(ALLOWED),
  blacklist: protects('clients from {} are let in'),
  'deny-list': protects('clients from {} are let in'),
  'denylist-source-range': protects('clients from {} are let in'),
  'auth-type': protects('requests are let in without a password ({})'),
  'auth-secret': protects('requests are let in without a password (users in Secret {})'),
  'auth-realm': tunes('nobody is asked for a password'),
  'auth-url': protects('requests are let in without asking {}'),
  'auth-signin': changes('nobody is sent to {} to sign in', { needs: 'auth-url' }),
  'auth-tls-secret': protects('clients are not asked for a certificate (authorities in Secret {})'),
  'auth-tls-*': tunes('clients are not asked for a certificate', { needs: 'auth-tls-secret' }),
  oauth: protects('requests are let in without asking {}'),
  waf: protects('requests are not inspected by {}'),
  'rate-limit-requests': protects('a client may send more than {} requests in the time given'),
  'rate-limit-*': tunes(NOT_LIMITED, { needs: 'rate-limit-requests' }),
  'limit-connections': protects('a client may have more than {} connections at a time'),
  'limit-rps': protects('a client may send more than {} requests a second'),
  'limit-whitelist': tunes(NOT_LIMITED),

  'path-rewrite': changes('the path is forwarded as it came, not rewritten by {}'),
  'rewrite-target': changes('the path is forwarded as it came, not rewritten to {}'),
  'app-root': changes('requests for / go where the rules say, and are not redirected to {}'),
  'request-redirect': changes('requests are forwarded to the backends, not redirected to {}'),
  'request-redirect-code': tunes('nothing is redirected', { needs: 'request-redirect' }),
  'redirect-to': changes('requests are forwarded to the backends, not redirected to {}'),
  'redirect-from': changes('requests for {} get a 404 where no rule is for them'),
  'ssl-redirect': changes('HTTP requests are answered, not redirected to HTTPS', {
    unless: ['false'],
    ...HTTPS_REDIRECT,
  }),
  'ssl-redirect-*': tunes('nothing is redirected', { needs: 'ssl-redirect' }),
  'force-ssl-redirect': changes('HTTP requests are answered, not redirected to HTTPS', {
    unless: ['false'],
    ...HTTPS_REDIRECT,
  }),
  'ssl-passthrough': changes('TLS ends before a rule is chosen, not at the endpoints', {
    unless: ['false'],
    ...TLS_PASSED_ON,
  }),
  'server-alias': changes('requests for {} get a 404 where no rule is for them'),
  'server-alias-regex': changes('requests for hosts like {} get a 404 where no rule is for them'),
  'path-type': changes('paths are matched as pathType says, not as {}'),
  'route-acl': changes('requests are not told apart by {}'),
  'blue-green-*': changes('requests are not shared out by weight'),
  'request-set-header': changes('requests do not get the header {}'),
  'response-set-header': changes('responses do not get the header {}'),
  headers: changes('requests do not get the header {}'),
  'set-host': changes('endpoints are told the host that the client asked for, not {}'),
  'src-ip-header': changes("the client's address is that of the connection, not the one in {}"),
  'forwarded-for': nothing,
  'config-backend': changes(SNIPPET),
  'backend-config-snippet': changes(SNIPPET),
  'cors-enable': changes(
    "responses get no header for cross-origin requests but the endpoint's own",
    {
      unless: ['false'],
    },
  ),
  'cors-*': tunes('no header for cross-origin requests is added', { needs: 'cors-enable' }),

  'backend-protocol': backendProtocol,
  'server-ssl': backendProtocol,
  'server-proto': changes("the runtime's fetch chooses the version of HTTP, not {}"),
  'server-ca': changes('certificates of endpoints are verified by the runtime, not by {}'),
  'server-crt': changes('no certificate is shown to endpoints'),
  'secure-*': changes('TLS to endpoints is spoken as the runtime does by itself'),
  'send-proxy-protocol': changes('endpoints get no PROXY header; X-Forwarded-For has the client'),
  'cookie-persistence': changes(
    'clients do not keep to one endpoint by the cookie {}',
    AFFINITY_COOKIE,
  ),
  affinity: changes('clients do not keep to one endpoint by a cookie', {
    unless: ['', 'none'],
    ...AFFINITY_COOKIE,
  }),
  'session-cookie-*': tunes('there is no such cookie', {
    needs: 'affinity',
    ours: ['affinityCookie'],
  }),
  'balance-algorithm': tunes(NOT_PICKED, LOAD_BALANCING),
  'load-balance': tunes(NOT_PICKED, LOAD_BALANCING),
  'service-upstream': tunes('the endpoints themselves are called, not the cluster IP', {
    unless: ['false'],
  }),
  check: tunes(NO_CHECK, { unless: ['false'], ...HEALTH_PATH }),
  'check-http': tunes(NO_CHECK, HEALTH_PATH),
  'check-interval': tunes(NO_CHECK, HEALTH_INTERVAL),
  'check-*': tunes(NO_CHECK, HEALTH_PATH),
  'health-check-uri': tunes(NO_CHECK, HEALTH_PATH),
  'health-check-interval': tunes(NO_CHECK, HEALTH_INTERVAL),
  'health-check-*': tunes(NO_CHECK, HEALTH_PATH),
  'timeout-connect': tunes(NO_TIMEOUT, PER_TRY_TIMEOUT),
  'timeout-server': tunes(NO_TIMEOUT, READ_TIMEOUT),
  'timeout-client': tunes(NO_TIMEOUT, IDLE_TIMEOUT),
  'timeout-*': tunes(NO_TIMEOUT),
  'pod-maxconn': tunes('connections to endpoints are not limited to {}', MAX_REQUESTS),
  'proxy-body-size': tunes('request bodies may be larger than {}', BODY_LIMIT),
  'request-capture*': tunes('nothing of requests is logged'),
  'scale-server-slots': tunes('there are no slots for endpoints'),
  'standalone-backend': tunes('each Service has its endpoints anyway'),
};
