import { IMPLEMENTATION_SPECIFIC } from '@portolan/ingress';

import { HTTPS_REDIRECT, TLS_PASSED_ON } from '../equivalent.ts';
import { changes, nothing, tunes, type Fact, type Facts } from '../fact.ts';

const NO_REDIRECT = 'nothing is redirected, so this has nothing to tune';
const NO_COPY = 'no copies of requests are sent, so this has nothing to tune';
const NO_HTTPS_REDIRECT = changes('HTTP requests are answered, not redirected to HTTPS', {
  unless: ['false'],
  ...HTTPS_REDIRECT,
});
const SNIPPET =
  'none of its nginx directives is carried out, whether they set headers, redirect or keep somebody out';

/** An annotation of ours does the same for paths whose type leaves it open. */
const useRegex: Fact = (value, about) => {
  const isExpression =
    about.object.metadata.annotations?.[IMPLEMENTATION_SPECIFIC] === 'RegularExpression';
  const fact = isExpression
    ? tunes('regular expressions fit whole paths here, and upper and lower case differ')
    : changes('paths are prefixes, not regular expressions', {
        remedy: `set the annotation ${IMPLEMENTATION_SPECIFIC}: RegularExpression for paths of type ImplementationSpecific`,
      });
  return value.trim().toLowerCase() === 'false' ? undefined : fact(value, about);
};

/** Without TLS the controller doesn't redirect either. */
const sslRedirect: Fact = (value, about) =>
  about.hasTLS ? NO_HTTPS_REDIRECT(value, about) : undefined;

/** Where requests go. Source: ingress-nginx documentation, Annotations. */
export const INGRESS_NGINX_ROUTING: Facts = {
  'rewrite-target': changes('the path is forwarded as it came, not rewritten to {}'),
  'use-regex': useRegex,
  'app-root': changes('requests for / go where the rules say, and are not redirected to {}'),
  'ssl-redirect': sslRedirect,
  'force-ssl-redirect': NO_HTTPS_REDIRECT,
  'from-to-www-redirect': changes(
    'requests for the same host with www. in front, or without it, are not redirected: they get a 404 where no rule is for them',
    { unless: ['false'] },
  ),
  'permanent-redirect': changes('requests are forwarded to the backends, not redirected to {}'),
  'permanent-redirect-code': tunes(NO_REDIRECT, { needs: 'permanent-redirect' }),
  'temporal-redirect': changes('requests are forwarded to the backends, not redirected to {}'),
  'temporal-redirect-code': tunes(NO_REDIRECT, { needs: 'temporal-redirect' }),
  'preserve-trailing-slash': tunes(NO_REDIRECT, { unless: ['false'] }),
  'relative-redirects': tunes(NO_REDIRECT, { unless: ['false'] }),
  'use-port-in-redirects': tunes(NO_REDIRECT, { unless: ['false'] }),

  'server-alias': changes('requests for {} get a 404 where no rule is for them', {
    remedy: 'write a rule for each of these hosts',
  }),
  'default-backend': changes('where nobody is ready to answer, requests get a 503, not Service {}'),
  'custom-http-errors': changes(
    'answers with status {} are passed on as they are, not replaced by those of a default backend',
  ),
  'disable-proxy-intercept-errors': nothing,

  canary: changes(
    'its rules count like those of any other Ingress: of two equal ones the older has all requests',
    { unless: ['false'] },
  ),
  'canary-by-cookie': changes('the cookie {} makes no difference', { needs: 'canary' }),
  'canary-by-header': changes('the header {} makes no difference', { needs: 'canary' }),
  'canary-by-header-pattern': tunes('no header makes a difference', { needs: 'canary-by-header' }),
  'canary-by-header-value': tunes('no header makes a difference', { needs: 'canary-by-header' }),
  'canary-weight': changes('requests are not shared out by weight, to this Ingress {} of 100', {
    needs: 'canary',
  }),
  'canary-weight-total': tunes('requests are not shared out by weight', { needs: 'canary-weight' }),

  'mirror-target': changes('no copies of requests are sent to {}'),
  'mirror-host': tunes(NO_COPY, { needs: 'mirror-target' }),
  'mirror-request-body': tunes(NO_COPY, { needs: 'mirror-target' }),

  'configuration-snippet': changes(SNIPPET),
  'server-snippet': changes(SNIPPET),
  'stream-snippet': changes(SNIPPET),
  'ssl-passthrough': changes('TLS ends before a rule is chosen, not at the endpoints', {
    unless: ['false'],
    ...TLS_PASSED_ON,
  }),
};
