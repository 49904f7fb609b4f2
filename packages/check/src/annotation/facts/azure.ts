import { backendProtocol } from '../backend-protocol.ts';
import {
  AFFINITY_COOKIE,
  CERTIFICATE,
  FIRST_BYTE_TIMEOUT,
  HEALTH_INTERVAL,
  HEALTH_PATH,
  HEALTH_TIMEOUT,
  HTTPS_REDIRECT,
  UNHEALTHY_THRESHOLD,
} from '../equivalent.ts';
import { changes, protects, tunes, type Facts } from '../fact.ts';

const NO_CHECK = 'endpoints are not probed: who is ready follows from the Pods';

/** Source: Application Gateway Ingress Controller documentation, Annotations. */
export const AZURE_GATEWAY: Facts = {
  'waf-policy-for-path': protects('the firewall policy does not inspect requests'),
  'appgw-trusted-root-certificate': tunes('certificates of endpoints are verified by the runtime'),
  'appgw-ssl-certificate': tunes('certificate {} is not served', CERTIFICATE),
  'appgw-ssl-profile': protects('clients are not asked for a certificate as the profile {} has it'),
  'backend-path-prefix': changes('the path is forwarded as it came, not rewritten to {}'),
  'backend-hostname': changes('endpoints are told the host that the client asked for, not {}'),
  'backend-protocol': backendProtocol,
  'ssl-redirect': changes('HTTP requests are answered, not redirected to HTTPS', {
    unless: ['false'],
    ...HTTPS_REDIRECT,
  }),
  'hostname-extension': changes('requests for {} get a 404 where no rule is for them'),
  'override-frontend-port': changes('the rules are for every port, not only for {}'),
  'use-private-ip': changes('who can reach it depends on where Portolan runs', {
    unless: ['false'],
  }),
  'rewrite-rule-set': changes('requests and responses are not rewritten by {}'),
  'rewrite-rule-set-custom-resource': changes('requests and responses are not rewritten by {}'),
  'rule-priority': changes('rules go by Exact, then by length, not by the priority {}'),
  'cookie-based-affinity': changes('clients do not keep to one endpoint by a cookie', {
    unless: ['false'],
    ...AFFINITY_COOKIE,
  }),
  'cookie-based-affinity-distinct-name': tunes('there is no such cookie', {
    needs: 'cookie-based-affinity',
    ours: ['affinityCookie'],
  }),
  'connection-draining': tunes('requests that have begun are not cut off', { unless: ['false'] }),
  'connection-draining-timeout': tunes('requests that have begun are not cut off', {
    needs: 'connection-draining',
  }),
  'request-timeout': tunes('no request is cut off after {} seconds', FIRST_BYTE_TIMEOUT),
  'health-probe-path': tunes(NO_CHECK, HEALTH_PATH),
  'health-probe-interval': tunes(NO_CHECK, HEALTH_INTERVAL),
  'health-probe-timeout': tunes(NO_CHECK, HEALTH_TIMEOUT),
  'health-probe-unhealthy-threshold': tunes(NO_CHECK, UNHEALTHY_THRESHOLD),
  'health-probe-*': tunes(NO_CHECK),
};
