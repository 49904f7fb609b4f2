import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer } from '../../../test/answerer/answerer.ts';
import { backends, ingress, manifest, path, rule, to } from '../../../test/objects/objects.ts';

describe('Ingress: TLS', () => {
  const app = portolan(
    manifest(
      backends('shop'),
      ingress({
        tls: [{ hosts: ['https-example.foo.com'], secretName: 'testsecret-tls' }],
        rules: [rule('https-example.foo.com', path('Prefix', '/', to('shop')))],
      }),
    ),
  );

  it('a request that came by TLS is routed like any other', () => {
    expect(answerer(app, 'https://https-example.foo.com/')).toBe('shop');
  });

  it('traffic to the Service and its Pods is in plain text', async () => {
    const called: string[] = [];
    const plain = portolan(manifest(backends('shop'), ingress({ defaultBackend: to('shop') })), {
      dialers: [
        {
          name: 'recording',
          dial: ({ endpoint }) => ({
            base: `http://${endpoint.address}:${endpoint.port}`,
            keepsHost: false,
            upgrades: 'none',
            fetch: async ({ url }) => {
              called.push(url);
              return new Response();
            },
          }),
        },
      ],
    });
    await plain.fetch(new Request('https://foo.bar.com/cart'));
    expect(called).toEqual(['http://10.244.0.1/cart']);
  });

  it('an Ingress with a TLS section says for which hosts TLS has to end in front of it', () => {
    expect(app.compiled().diagnostics).toMatchObject([
      { code: 'TLSNotTerminated', message: expect.stringContaining('https-example.foo.com') },
    ]);
  });
});
