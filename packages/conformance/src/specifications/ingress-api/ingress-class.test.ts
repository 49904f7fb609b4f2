import { portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, messages } from '../../../test/answerer/answerer.ts';
import { backends, ingress, ingressClass, manifest, to } from '../../../test/objects/objects.ts';

describe('Ingress API: IngressClass', () => {
  it.each(['example.com/ingress-controller', 'acme.io/a/b'])(
    'the controller is a path behind a domain, such as %s',
    (controller) => {
      expect(messages(portolan(manifest(ingressClass('lb', { controller }))))).toEqual([]);
    },
  );

  it.each(['controller', 'example.com', '/controller', 'Example.com/controller'])(
    'the controller may not be %s, which is no path behind a domain',
    (controller) => {
      expect(messages(portolan(manifest(ingressClass('lb', { controller }))))).toEqual([
        expect.stringContaining('spec.controller: Invalid value'),
      ]);
    },
  );

  it.each([
    [250, 'are taken', []],
    [251, 'are refused', [expect.stringContaining('spec.controller: Too long')]],
  ])('the controller has at most 250 characters: %i %s', (length, _, faults) => {
    const controller = 'example.com/'.padEnd(length, 'x');
    expect(messages(portolan(manifest(ingressClass('lb', { controller }))))).toEqual(faults);
  });

  it('a single class that is marked as the default is that of Ingresses which name none', () => {
    const controller = 'example.com/ingress-controller';
    const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' };
    const app = portolan(
      manifest(
        backends('shop'),
        ingressClass('lb', { controller }, { annotations }),
        ingress({ defaultBackend: to('shop') }),
      ),
      { ingress: { controllers: [controller] } },
    );
    expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
  });

  it('a class belongs to no namespace: an Ingress of any may name it', () => {
    const controller = 'example.com/ingress-controller';
    const [shop = {}, shopPod = {}] = backends('shop');
    const metadata = { namespace: 'web' };
    const app = portolan(
      manifest(
        ingressClass('lb', { controller }),
        { ...shop, metadata: { name: 'shop', namespace: 'web' } },
        { ...shopPod, metadata: { name: 'shop-1', namespace: 'web', labels: { app: 'shop' } } },
        ingress({ ingressClassName: 'lb', defaultBackend: to('shop') }, metadata),
      ),
      { ingress: { controllers: [controller] } },
    );
    expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
  });
});
