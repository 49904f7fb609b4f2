import { changes, protects, tunes, type Facts } from '../fact.ts';

const NOT_ASKED = 'the authentication service is not asked at all';
const NOT_VERIFIED = 'clients are not asked for a certificate at all';
const NOT_LIMITED = 'nobody is limited, so this has nothing to tune';

/** Who gets in. Source: ingress-nginx documentation, Annotations. */
export const INGRESS_NGINX_ACCESS: Facts = {
  'auth-type': protects('requests are let in without a password ({} authentication)'),
  'auth-secret': tunes('the users and passwords in Secret {} are not read', { needs: 'auth-type' }),
  'auth-secret-type': tunes('no users and passwords are read', { needs: 'auth-type' }),
  'auth-realm': tunes('nobody is asked for a password', { needs: 'auth-type' }),

  'auth-url': protects('requests are let in without asking {}'),
  'auth-response-headers': protects(
    'endpoints get {} as the client sends it, not from the authentication service',
    { needs: 'auth-url' },
  ),
  'auth-signin': changes('nobody is sent to {} to sign in', { needs: 'auth-url' }),
  'auth-always-set-cookie': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-cache-duration': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-cache-key': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-keepalive': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-keepalive-requests': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-keepalive-share-vars': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-keepalive-timeout': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-method': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-proxy-set-headers': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-request-redirect': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-signin-redirect-param': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'auth-snippet': tunes(NOT_ASKED, { needs: 'auth-url' }),
  'enable-global-auth': protects(
    "where the controller's ConfigMap has a global-auth-url, it is not asked",
    { unless: ['false'] },
  ),

  'auth-tls-secret': protects('clients are not asked for a certificate (authorities in Secret {})'),
  'auth-tls-match-cn': protects('client certificates are not compared with {}', {
    needs: 'auth-tls-secret',
  }),
  'auth-tls-pass-certificate-to-upstream': protects(
    'endpoints get ssl-client-cert as the client sends it, not from its certificate',
    { needs: 'auth-tls-secret', unless: ['false'] },
  ),
  'auth-tls-error-page': tunes(NOT_VERIFIED, { needs: 'auth-tls-secret' }),
  'auth-tls-verify-client': tunes(NOT_VERIFIED, { needs: 'auth-tls-secret', unless: ['off'] }),
  'auth-tls-verify-depth': tunes(NOT_VERIFIED, { needs: 'auth-tls-secret' }),

  'allowlist-source-range': protects('clients from everywhere are let in, not only those from {}', {
    unless: ['', '0.0.0.0/0', '0.0.0.0/0,::/0'],
  }),
  'whitelist-source-range': protects('clients from everywhere are let in, not only those from {}', {
    unless: ['', '0.0.0.0/0', '0.0.0.0/0,::/0'],
  }),
  'denylist-source-range': protects('clients from {} are let in', { unless: [''] }),
  satisfy: tunes('there are no conditions to satisfy', { unless: ['all'] }),

  'limit-connections': protects('a client may have more than {} connections at a time', {
    unless: ['0'],
  }),
  'limit-rps': protects('a client may send more than {} requests a second', { unless: ['0'] }),
  'limit-rpm': protects('a client may send more than {} requests a minute', { unless: ['0'] }),
  'limit-rate': tunes('responses are not slowed down to {} kB a second', { unless: ['0'] }),
  'limit-rate-after': tunes(NOT_LIMITED, { needs: 'limit-rate' }),
  'limit-burst-multiplier': tunes(NOT_LIMITED),
  'limit-allowlist': tunes(NOT_LIMITED),
  'limit-whitelist': tunes(NOT_LIMITED),
  'global-rate-limit': protects('clients may send more than {} requests in the time given', {
    unless: ['0'],
  }),
  'global-rate-limit-*': tunes(NOT_LIMITED, { needs: 'global-rate-limit' }),

  'enable-modsecurity': protects('ModSecurity does not inspect requests', { unless: ['false'] }),
  'enable-owasp-core-rules': protects('the OWASP core rules are not applied to requests', {
    unless: ['false'],
  }),
  'modsecurity-snippet': protects('the ModSecurity rules in it are not applied to requests'),
  'modsecurity-transaction-id': tunes('ModSecurity does not inspect requests'),
};
