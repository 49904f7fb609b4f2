import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, messages } from '../../../test/answerer/answerer.ts';
import { backends, ingress, manifest, path, rule, to } from '../../../test/objects/objects.ts';

describe('Ingress API: IngressRule', () => {
  const serving = (...rules: readonly unknown[]): Portolan =>
    portolan(manifest(backends('one', 'two', 'rest'), ingress({ rules })));
  const onHost = (host: string): Portolan => serving(rule(host, path('Prefix', '/', to('one'))));

  it.each([
    ['the host *.bar.com', '*.bar.com'],
    ['no host', undefined],
  ])(
    'a request is matched by host first: where foo.bar.com has rules, but none for its path, rules of %s are not asked',
    (_, less) => {
      const app = serving(
        rule('foo.bar.com', path('Prefix', '/foo', to('one'))),
        rule(less, path('Prefix', '/', to('two'))),
      );
      expect(answerer(app, 'http://foo.bar.com/foo')).toBe('one');
      expect(answerer(app, 'http://foo.bar.com/other')).toBe(404);
      expect(answerer(app, 'http://baz.bar.com/other')).toBe('two');
    },
  );

  it('without a host a rule is for the requests of every host', () => {
    const app = serving(rule(undefined, path('Prefix', '/', to('one'))));
    expect(answerer(app, 'http://foo.bar.com/')).toBe('one');
    expect(answerer(app, 'http://192.0.2.1/')).toBe('one');
  });

  it.each([
    ['10.0.0.1', 'an IP address'],
    ['[2001:db8::1]', 'an IP address'],
    ['foo.bar.com:80', 'a name with a port'],
    ['foo.bar.com.', 'a name with a dot at its end'],
    ['*', 'an asterisk alone'],
    ['foo*.bar.com', 'an asterisk that is part of a label'],
    ['foo.*.com', 'an asterisk that is not the first label'],
    ['*.*.com', 'two asterisks'],
  ])('the host may not be %s, %s', (host) => {
    const app = onHost(host);
    expect(messages(app)).toEqual([
      expect.stringContaining(`spec.rules[0].host: Invalid value: "${host}"`),
    ]);
  });

  it.each([
    ['foo.bar.com', 'foo.bar.com', 'one'],
    ['foo.bar.com', 'bar.com', 404],
    ['foo.bar.com', 'baz.foo.bar.com', 404],
    ['*.foo.com', 'bar.foo.com', 'one'],
    ['*.foo.com', 'baz.bar.foo.com', 404],
    ['*.foo.com', 'foo.com', 404],
    ['*.foo.com', 'bar.foo.org', 404],
  ])(
    'a host equals the Host header, or its suffix after one label: %s and %s give %s',
    (host, header, taker) => {
      expect(answerer(onHost(host), `http://${header}/`)).toBe(taker);
    },
  );

  it.each(['http://foo.bar.com:8080/', 'https://foo.bar.com/'])(
    'the port is no part of the host: %s is for foo.bar.com',
    (url) => {
      expect(answerer(onHost('foo.bar.com'), url)).toBe('one');
    },
  );

  it('case makes no difference in a host, as in any (RFC 3986)', () => {
    const decision = onHost('foo.bar.com').decide(new Request('http://FOO.Bar.com/'));
    expect(decision).toMatchObject({ outcome: 'forward', service: { name: 'one' } });
  });

  it('whose requests a rule without http sends to the default backend is left open: here those of its host', () => {
    const rules = [{ host: 'foo.bar.com' }, rule(undefined, path('Prefix', '/', to('one')))];
    const app = portolan(
      manifest(backends('one', 'rest'), ingress({ rules, defaultBackend: to('rest') })),
    );
    expect(answerer(app, 'http://foo.bar.com/')).toBe('rest');
    expect(answerer(app, 'http://bar.foo.com/')).toBe('one');
  });
});
