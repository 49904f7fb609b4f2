import { backendProtocol } from '../backend-protocol.ts';
import { CLIENT_TLS } from '../client-tls.ts';
import {
  CERTIFICATE,
  HEALTH_INTERVAL,
  HEALTH_PATH,
  HEALTH_TIMEOUT,
  HEALTHY_THRESHOLD,
  HTTPS_REDIRECT,
  UNHEALTHY_THRESHOLD,
} from '../equivalent.ts';
import { changes, protects, tunes, type Facts } from '../fact.ts';

const NO_BALANCER = 'no AWS load balancer is made';
const NO_CHECK = 'endpoints are not probed: who is ready follows from the Pods';

/** Source: AWS Load Balancer Controller documentation, Ingress annotations. */
export const AWS_INGRESS: Facts = {
  'auth-type': protects('requests are let in without signing in ({})', { unless: ['none'] }),
  'auth-idp-*': tunes('nobody is asked to sign in', { needs: 'auth-type' }),
  'auth-on-unauthenticated-request': tunes('nobody is asked to sign in', { needs: 'auth-type' }),
  'auth-scope': tunes('nobody is asked to sign in', { needs: 'auth-type' }),
  'auth-session-*': tunes('nobody is asked to sign in', { needs: 'auth-type' }),
  'jwt-validation': protects('tokens are not verified'),
  'mutual-authentication': protects('clients are not asked for a certificate'),
  'inbound-cidrs': protects('clients from everywhere are let in, not only those from {}', {
    unless: ['0.0.0.0/0', '0.0.0.0/0, ::/0', '0.0.0.0/0,::/0'],
  }),
  'security-group-prefix-lists': protects('clients from everywhere are let in'),
  'security-groups': protects('the security groups {} keep nobody out'),
  'shield-advanced-protection': protects('AWS Shield does not stand in front', {
    unless: ['false'],
  }),
  'waf-acl-id': protects('the web ACL {} does not inspect requests'),
  'wafv2-acl-arn': protects('the web ACL does not inspect requests'),
  'wafv2-acl-name': protects('the web ACL {} does not inspect requests'),
  'web-acl-id': protects('the web ACL {} does not inspect requests'),
  scheme: changes('who can reach it depends on where Portolan runs, not on the scheme {}'),

  'actions.*': changes('the action is not taken: a rule whose port is use-annotation gets a 503'),
  'conditions.*': changes('requests are told apart by host and path only'),
  'transforms.*': changes('host and path are forwarded as they came, not transformed'),
  'use-regex-path-match': changes('paths are prefixes, not regular expressions', {
    unless: ['false'],
  }),
  'ssl-redirect': changes(
    'HTTP requests are answered, not redirected to HTTPS at port {}',
    HTTPS_REDIRECT,
  ),
  'listen-ports': changes('the rules are for every port, not only for {}'),
  'group.name': changes('rules of all Ingresses are merged, in the group {} or not'),
  'group.order': changes('rules go by Exact, then by length, not by the order {}'),
  'backend-protocol': backendProtocol,
  'backend-protocol-version': changes("the runtime's fetch chooses the version of HTTP, not {}", {
    unless: ['http1'],
  }),
  'target-group-attributes': tunes('endpoints are picked without {}', {
    remedy:
      'portolan.dev/affinity-cookie on the Service has clients keep to one, portolan.dev/load-balancing: LeastRequests has the least busy picked',
  }),
  'target-type': tunes('the endpoints themselves are called'),
  'target-node-labels': tunes('the endpoints themselves are called'),
  'certificate-arn': tunes('the certificate is not served', CERTIFICATE),
  'ssl-policy': tunes(CLIENT_TLS),
  'healthcheck-path': tunes(NO_CHECK, HEALTH_PATH),
  'healthcheck-interval-seconds': tunes(NO_CHECK, HEALTH_INTERVAL),
  'healthcheck-timeout-seconds': tunes(NO_CHECK, HEALTH_TIMEOUT),
  'healthcheck-*': tunes(NO_CHECK),
  'healthy-threshold-count': tunes(NO_CHECK, HEALTHY_THRESHOLD),
  'unhealthy-threshold-count': tunes(NO_CHECK, UNHEALTHY_THRESHOLD),
  'success-codes': tunes(NO_CHECK),
  'connection-idle-timeout': tunes(NO_BALANCER),
  'customer-owned-ipv4-pool': tunes(NO_BALANCER),
  'ip-address-type': tunes(NO_BALANCER),
  'ipam-ipv4-pool-id': tunes(NO_BALANCER),
  'load-balancer-attributes': tunes(NO_BALANCER),
  'load-balancer-capacity-reservation': tunes(NO_BALANCER),
  'load-balancer-name': tunes(NO_BALANCER),
  'listener-attributes.*': tunes(NO_BALANCER),
  'manage-backend-security-group-rules': tunes(NO_BALANCER),
  'minimum-load-balancer-capacity': tunes(NO_BALANCER),
  'multi-cluster-target-group': tunes(NO_BALANCER),
  subnets: tunes(NO_BALANCER),
  tags: tunes(NO_BALANCER),
};
