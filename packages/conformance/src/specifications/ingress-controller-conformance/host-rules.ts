import { ingress, path, rule, to } from '../../../test/objects/objects.ts';
import type { Feature } from './feature.ts';

export const hostRules: Feature = {
  services: ['wildcard', 'precise'],
  ingress: ingress({
    tls: [{ hosts: ['foo.bar.com'], secretName: 'conformance-tls' }],
    rules: [
      rule('*.foo.com', path('Prefix', '/', to('wildcard', 8080))),
      rule('foo.bar.com', path('Prefix', '/', to('precise', 'http'))),
    ],
  }),
  scenarios: [
    {
      demand: 'the host foo.bar.com takes a request for foo.bar.com',
      host: 'foo.bar.com',
      path: '/',
      service: 'precise',
    },
    {
      demand: 'the host foo.bar.com does not take a request for subdomain.bar.com',
      host: 'subdomain.bar.com',
      path: '/',
    },
    {
      demand: 'the host *.foo.com takes a request for bar.foo.com',
      host: 'bar.foo.com',
      path: '/',
      service: 'wildcard',
    },
    {
      demand: 'the host *.foo.com does not take a request for baz.bar.foo.com: two labels',
      host: 'baz.bar.foo.com',
      path: '/',
    },
    {
      demand: 'the host *.foo.com does not take a request for foo.com: no label',
      host: 'foo.com',
      path: '/',
    },
  ],
};
