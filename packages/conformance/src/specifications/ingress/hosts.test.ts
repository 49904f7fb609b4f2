import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer } from '../../../test/answerer/answerer.ts';
import { backends, ingress, manifest, path, rule, to } from '../../../test/objects/objects.ts';

describe('Ingress: Hostname wildcards', () => {
  const app = portolan(
    manifest(
      backends('wild', 'precise'),
      ingress({
        rules: [
          rule('foo.bar.com', path('Prefix', '/bar', to('precise'))),
          rule('*.foo.com', path('Prefix', '/foo', to('wild'))),
        ],
      }),
    ),
  );

  it.each([
    ['takes', 'bar.foo.com', 'wild'],
    ['does not take', 'baz.bar.foo.com, with two labels in place of the asterisk', 404],
    ['does not take', 'foo.com, with no label in place of the asterisk', 404],
  ])('the host *.foo.com %s a request for %s', (_, asked, taker) => {
    const [host = ''] = asked.split(', ');
    expect(answerer(app, `http://${host}/foo`)).toBe(taker);
  });

  it.each([
    ['takes', 'foo.bar.com', 'precise'],
    ['does not take', 'bar.com', 404],
    ['does not take', 'baz.foo.bar.com', 404],
  ])('the host foo.bar.com %s a request for %s', (_, host, taker) => {
    expect(answerer(app, `http://${host}/bar`)).toBe(taker);
  });

  it('each host has its own paths', () => {
    expect(answerer(app, 'http://foo.bar.com/foo')).toBe(404);
    expect(answerer(app, 'http://bar.foo.com/bar')).toBe(404);
  });
});

describe('Ingress: Name based virtual hosting', () => {
  it.each([
    ['foo.bar.com', 'one'],
    ['bar.foo.com', 'two'],
    ['baz.foo.com', 404],
  ])(
    'several hosts share an address, told apart by the Host header: %s gives %s',
    (host, taker) => {
      const rules = [
        rule('foo.bar.com', path('Prefix', '/', to('one'))),
        rule('bar.foo.com', path('Prefix', '/', to('two'))),
      ];
      const app = portolan(manifest(backends('one', 'two'), ingress({ rules })));
      expect(answerer(app, `http://${host}/`)).toBe(taker);
    },
  );

  it.each(['foo.bar.com', '203.0.113.123'])(
    'rules without any host take whatever comes to the address, such as %s',
    (host) => {
      const rules = [rule(undefined, path('Prefix', '/', to('one')))];
      const app = portolan(manifest(backends('one'), ingress({ rules })));
      expect(answerer(app, `http://${host}/`)).toBe('one');
    },
  );

  it.each([
    ['first.bar.com', 'one'],
    ['second.bar.com', 'two'],
    ['third.bar.com', 'three'],
    ['203.0.113.123', 'three'],
  ])(
    'a rule without a host takes what the hosts of the others do not: %s gives %s',
    (host, taker) => {
      const rules = [
        rule('first.bar.com', path('Prefix', '/', to('one'))),
        rule('second.bar.com', path('Prefix', '/', to('two'))),
        rule(undefined, path('Prefix', '/', to('three'))),
      ];
      const app = portolan(manifest(backends('one', 'two', 'three'), ingress({ rules })));
      expect(answerer(app, `http://${host}/`)).toBe(taker);
    },
  );
});
