import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { knock, start, type Running } from './running.ts';

/** Manifests that others wrote: they lie beside the repository, not in it. */
const corpus = fileURLToPath(new URL('../../../../shared/manifests', import.meta.url));

describe.skipIf(!existsSync(corpus))(
  'manifests that others wrote (skipped where they do not lie beside the repository)',
  () => {
    describe('the Online Boutique', () => {
      let running: Running;
      beforeAll(async () => {
        running = await start(`${corpus}/google-microservices-demo`);
      });
      afterAll(() => running.stop());

      it.each([['/'], ['/product/OLJCESPC7Z'], ['/cart/checkout']])(
        'sends %s to the frontend',
        async (path) => {
          const { status, json } = await knock(running.port, path);
          expect({ status, app: json.labels.app, port: json.port }).toEqual({
            status: 200,
            app: 'frontend',
            port: 8080,
          });
        },
      );
    });

    describe('the examples of the Kubernetes documentation', () => {
      const networking = `${corpus}/kubernetes-website/content/en/examples/service/networking`;
      const names = [
        'simple-fanout-example',
        'ingress-wildcard-host',
        'name-virtual-host-ingress-no-third-host',
        'minimal-ingress',
        'test-ingress',
        'ingress-resource-backend',
      ];
      let running: Running;
      beforeAll(async () => {
        const files = names.map((name) => `${networking}/${name}.yaml`);
        running = await start([...files, `${import.meta.dirname}/services.yaml`].join(':'));
      });
      afterAll(() => running.stop());

      it.each([
        // simple-fanout-example and ingress-wildcard-host share the host foo.bar.com, and the second is first by name.
        ['foo.bar.com', '/foo', 'service1', 4200],
        ['foo.bar.com', '/bar/x', 'service1', 80],
        ['baz.foo.com', '/foo', 'service2', 80],
        ['first.bar.com', '/', 'service1', 80],
        ['second.bar.com', '/any', 'service2', 80],
        ['third.bar.com', '/any', 'service3', 80],
        ['203.0.113.5', '/testpath', 'test', 80],
      ])('sends %s%s to %s at port %i', async (host, path, app, port) => {
        const { status, json } = await knock(running.port, path, { host });
        expect({ status, app: json?.labels.app, port: json?.port }).toEqual({
          status: 200,
          app,
          port,
        });
      });

      it.each([
        // The wildcard stands for one label, and for one at least; then there is the rule without a host.
        ['bar.baz.foo.com', '/foo', 200],
        ['foo.com', '/foo', 200],
        // A host's requests stay with its rules, or go to a default backend.
        ['baz.foo.com', '/other', 200],
        ['203.0.113.5', '/icons', 503],
      ])('answers %s%s with %i', async (host, path, status) => {
        expect((await knock(running.port, path, { host })).status).toBe(status);
      });
    });
  },
);
