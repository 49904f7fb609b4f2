import { backendProtocol } from '../backend-protocol.ts';
import { CLIENT_TLS } from '../client-tls.ts';
import {
  AFFINITY_COOKIE,
  AFFINITY_COOKIE_MAX_AGE,
  HTTPS_REDIRECT,
  OWN_HOST,
} from '../equivalent.ts';
import { changes, protects, tunes, type Facts } from '../fact.ts';

const NO_COOKIE = 'there is no such cookie';

/** Of an Ingress and of a Service, now and in version 1. Source: Traefik documentation, Kubernetes Ingress. */
export const TRAEFIK: Facts = {
  'router.middlewares': protects(
    'none of the middlewares {} is applied, those that keep somebody out among them',
  ),
  'router.entrypoints': changes(
    'the rules are for every address and port, not only for those of {}',
  ),
  'router.priority': changes('rules go by Exact, then by length, not by the priority {}'),
  'router.pathmatcher': changes('paths are matched as pathType says, not as {}'),
  'router.rulesyntax': tunes('rules are read as the Ingress API has it'),
  'router.observability.*': tunes('nothing is observed'),
  'router.tls': changes('requests in the clear are answered too', {
    unless: ['false'],
    ...HTTPS_REDIRECT,
  }),
  'router.tls.*': tunes(CLIENT_TLS),
  'service.serversscheme': backendProtocol,
  'service.serverstransport': tunes("endpoints are called as the runtime's fetch does"),
  'service.passhostheader': changes('endpoints are told the host that the client asked for', {
    unless: ['true'],
    ...OWN_HOST,
  }),
  'service.nativelb': tunes('the endpoints themselves are called, not the cluster IP', {
    unless: ['false'],
  }),
  'service.nodeportlb': tunes('the endpoints themselves are called, not node ports', {
    unless: ['false'],
  }),
  'service.sticky.cookie': changes('clients do not keep to one endpoint by a cookie', {
    unless: ['false'],
    ...AFFINITY_COOKIE,
  }),
  'service.sticky.cookie.maxage': tunes(NO_COOKIE, {
    needs: 'service.sticky.cookie',
    ...AFFINITY_COOKIE_MAX_AGE,
  }),
  'service.sticky.cookie.*': tunes(NO_COOKIE, {
    needs: 'service.sticky.cookie',
    ours: ['affinityCookie'],
  }),

  // Version 1.
  'app-root': changes('requests for / go where the rules say, and are not redirected to {}'),
  'auth-type': protects('requests are let in without a password ({} authentication)'),
  'auth-url': protects('requests are let in without asking {}'),
  'auth-secret': tunes('the users and passwords in Secret {} are not read', { needs: 'auth-type' }),
  'redirect-entry-point': changes('requests are answered, not redirected to the entry point {}'),
  'redirect-regex': changes('requests are answered, not redirected'),
  'request-modifier': changes('requests are forwarded as they came, not changed by {}'),
  'rewrite-target': changes('the path is forwarded as it came, not rewritten to {}'),
  'rule-type': changes('paths are matched as pathType says, not by {}'),
  'whitelist-source-range': protects('clients from everywhere are let in, not only those from {}'),
  'rate-limit': protects('nobody is limited'),
  affinity: changes('clients do not keep to one endpoint by a cookie', {
    unless: ['false'],
    ...AFFINITY_COOKIE,
  }),
  'session-cookie-name': tunes(NO_COOKIE, { needs: 'affinity', ours: ['affinityCookie'] }),
};
