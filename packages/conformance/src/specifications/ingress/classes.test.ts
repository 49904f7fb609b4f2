import { portolan, type Portolan } from 'portolan';
import { describe, expect, it } from 'vitest';

import { answerer, messages } from '../../../test/answerer/answerer.ts';
import {
  backends,
  ingress,
  ingressClass,
  type KubernetesObject,
  manifest,
  path,
  rule,
  to,
} from '../../../test/objects/objects.ts';

describe('Ingress: Ingress class', () => {
  const controller = 'example.com/ingress-controller';
  const rules = [rule('foo.bar.com', path('Prefix', '/', to('shop')))];
  const ofClass = (ingressClassName: string, ...classes: readonly KubernetesObject[]): string =>
    manifest(backends('shop'), classes, ingress({ ingressClassName, rules }));
  const serving = (manifests: string): Portolan =>
    portolan(manifests, { ingress: { controllers: [controller] } });

  it('an Ingress whose class names this controller is served', () => {
    const app = serving(ofClass('external-lb', ingressClass('external-lb', { controller })));
    expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
  });

  it('two classes may name one controller', () => {
    const classes = [ingressClass('one', { controller }), ingressClass('two', { controller })];
    expect(answerer(serving(ofClass('one', ...classes)), 'http://foo.bar.com/')).toBe('shop');
    expect(answerer(serving(ofClass('two', ...classes)), 'http://foo.bar.com/')).toBe('shop');
  });

  it('an Ingress whose class names another controller is left to that one', () => {
    const other = ingressClass('other', { controller: 'other.example/controller' });
    expect(answerer(serving(ofClass('other', other)), 'http://foo.bar.com/')).toBe(404);
  });

  it('an Ingress whose class does not exist is left alone', () => {
    expect(answerer(serving(ofClass('nowhere')), 'http://foo.bar.com/')).toBe(404);
  });

  it('a class may refer to parameters, in the cluster by default or in one namespace', () => {
    const parameters = { apiGroup: 'k8s.example.com', kind: 'IngressParameters', name: 'lb' };
    for (const scope of [{}, { scope: 'Cluster' }, { scope: 'Namespace', namespace: 'lb' }]) {
      const spec = { controller, parameters: { ...parameters, ...scope } };
      expect(messages(serving(manifest(ingressClass('lb', spec))))).toEqual([]);
    }
  });

  it.each([
    ['of one namespace have to say which', { scope: 'Namespace' }, 'Required value'],
    ['of the cluster have no namespace', { scope: 'Cluster', namespace: 'lb' }, 'Forbidden'],
  ])('parameters %s', (_, scope, fault) => {
    const parameters = { apiGroup: 'k8s.example.com', kind: 'IngressParameters', name: 'lb' };
    const spec = { controller, parameters: { ...parameters, ...scope } };
    expect(messages(serving(manifest(ingressClass('lb', spec))))).toEqual([
      expect.stringContaining(`spec.parameters.namespace: ${fault}`),
    ]);
  });
});

describe('Ingress: Deprecated annotation', () => {
  const controller = 'example.com/ingress-controller';
  const rules = [rule('foo.bar.com', path('Prefix', '/', to('shop')))];
  const annotated = (value: string): string =>
    manifest(
      backends('shop'),
      ingress({ rules }, { annotations: { 'kubernetes.io/ingress.class': value } }),
    );

  it('kubernetes.io/ingress.class names a controller directly, without an IngressClass', () => {
    const options = { ingress: { legacyClasses: ['harbour'] } };
    expect(answerer(portolan(annotated('harbour'), options), 'http://foo.bar.com/')).toBe('shop');
    expect(answerer(portolan(annotated('other'), options), 'http://foo.bar.com/')).toBe(404);
  });

  it('kubernetes.io/ingress.class may name an IngressClass too', () => {
    const app = portolan(
      `${annotated('harbour')}\n---\n${manifest(ingressClass('harbour', { controller }))}`,
      { ingress: { controllers: [controller] } },
    );
    expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
  });

  it('an Ingress may not name one class in the field and another in the annotation', () => {
    const metadata = { annotations: { 'kubernetes.io/ingress.class': 'one' } };
    const app = portolan(
      manifest(backends('shop'), ingress({ ingressClassName: 'two', rules }, metadata)),
    );
    expect(messages(app)).toEqual([expect.stringContaining('must match `ingressClassName`')]);
  });
});

describe('Ingress: Default IngressClass', () => {
  const ours = { controller: 'example.com/ingress-controller' };
  const others = { controller: 'other.example/controller' };
  const byDefault = { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } };
  const rules = [rule('foo.bar.com', path('Prefix', '/', to('shop')))];
  const serving = (...objects: readonly KubernetesObject[]): Portolan =>
    portolan(manifest(backends('shop'), objects), { ingress: { controllers: [ours.controller] } });

  it('an Ingress that names no class has the class that is marked as the default', () => {
    const app = serving(ingressClass('lb', ours, byDefault), ingress({ rules }));
    expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
  });

  it('an Ingress that names no class has none where none is marked', () => {
    const unmarked = { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'false' } };
    const app = serving(ingressClass('lb', ours, unmarked), ingress({ rules }));
    expect(answerer(app, 'http://foo.bar.com/')).toBe(404);
  });

  it('an Ingress that names a class has that one, whichever is the default', () => {
    const app = serving(
      ingressClass('lb', ours, byDefault),
      ingressClass('other', others),
      ingress({ ingressClassName: 'other', rules }),
    );
    expect(answerer(app, 'http://foo.bar.com/')).toBe(404);
  });

  it('a controller may work without a default class: here every Ingress is served unless controllers are listed', () => {
    const app = portolan(manifest(backends('shop'), ingress({ rules })));
    expect(answerer(app, 'http://foo.bar.com/')).toBe('shop');
  });
});
