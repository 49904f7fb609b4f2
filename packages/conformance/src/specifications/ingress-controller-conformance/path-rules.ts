import { ingress, path, rule, to } from '../../../test/objects/objects.ts';
import type { Feature } from './feature.ts';

export const pathRules: Feature = {
  services: ['foo-exact', 'foo-prefix', 'bbb-prefix', 'aaa-prefix', 'bbb-slash', 'foo-slash'],
  ingress: ingress({
    rules: [
      rule('exact.example', path('Exact', '/foo', to('foo-exact', 8080))),
      rule(
        'prefix.example',
        path('Prefix', '/foo', to('foo-prefix', 8080)),
        path('Prefix', '/aaa/bbb', to('bbb-prefix', 8080)),
        path('Prefix', '/aaa', to('aaa-prefix', 8080)),
      ),
      rule(
        'mixed.example',
        path('Prefix', '/foo', to('foo-prefix', 8080)),
        path('Exact', '/foo', to('foo-exact', 8080)),
      ),
      rule(
        'slash.example',
        path('Prefix', '/aaa/bbb/', to('bbb-slash', 8080)),
        path('Exact', '/foo/', to('foo-slash', 8080)),
      ),
    ],
  }),
  scenarios: [
    {
      demand: 'Exact /foo takes /foo',
      host: 'exact.example',
      path: '/foo',
      service: 'foo-exact',
    },
    {
      demand: 'Exact /foo does not take /foo/, with a slash at its end',
      host: 'exact.example',
      path: '/foo/',
    },
    {
      demand: 'Exact /foo does not take /FOO, of another case',
      host: 'exact.example',
      path: '/FOO',
    },
    {
      demand: 'Exact /foo does not take /bar, another element',
      host: 'exact.example',
      path: '/bar',
    },
    {
      demand: 'Prefix /foo takes /foo',
      host: 'prefix.example',
      path: '/foo',
      service: 'foo-prefix',
    },
    {
      demand: 'Prefix /foo takes /foo/, whose slash at the end makes no difference',
      host: 'prefix.example',
      path: '/foo/',
      service: 'foo-prefix',
    },
    {
      demand: 'Prefix /foo does not take /FOO, of another case',
      host: 'prefix.example',
      path: '/FOO',
    },
    {
      demand: 'Prefix /aaa/bbb, longer than /aaa, takes /aaa/bbb',
      host: 'prefix.example',
      path: '/aaa/bbb',
      service: 'bbb-prefix',
    },
    {
      demand: 'Prefix /aaa/bbb, longer than /aaa, takes /aaa/bbb/ccc, which is below it',
      host: 'prefix.example',
      path: '/aaa/bbb/ccc',
      service: 'bbb-prefix',
    },
    {
      demand: 'Prefix /aaa takes /aaa/ccc, which no longer prefix takes',
      host: 'prefix.example',
      path: '/aaa/ccc',
      service: 'aaa-prefix',
    },
    {
      demand: 'Prefix /aaa does not take /aaaccc, whose element only begins alike',
      host: 'prefix.example',
      path: '/aaaccc',
    },
    {
      demand: 'Exact /foo goes before Prefix /foo',
      host: 'mixed.example',
      path: '/foo',
      service: 'foo-exact',
    },
    {
      demand: 'Prefix /aaa/bbb/, whose slash at the end makes no difference, takes /aaa/bbb',
      host: 'slash.example',
      path: '/aaa/bbb',
      service: 'bbb-slash',
    },
    {
      demand: 'Prefix /aaa/bbb/, whose slash at the end makes no difference, takes /aaa/bbb/',
      host: 'slash.example',
      path: '/aaa/bbb/',
      service: 'bbb-slash',
    },
    {
      demand: 'Exact /foo/ does not take /foo, without the slash at its end',
      host: 'slash.example',
      path: '/foo',
    },
  ],
};
