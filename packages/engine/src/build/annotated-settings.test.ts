import type { Ingress, Pod, Resource, Service, Workload } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { build, ingressFor, pod, request, rule, service } from '../../test/shop.ts';
import { decide } from '../decide/decide.ts';
import { findService } from '../snapshot/services.ts';

type Annotations = Readonly<Record<string, string>>;

/** With `portolan.dev/` before each name. */
function annotated<Annotated extends Ingress | Pod | Service>(
  object: Annotated,
  annotations: Annotations,
): Annotated {
  const ours = Object.entries(annotations).map(([name, value]) => [`portolan.dev/${name}`, value]);
  return { ...object, metadata: { ...object.metadata, annotations: Object.fromEntries(ours) } };
}

function cart(annotations: Annotations, more: Service['spec'] = {}): Service {
  return annotated(service('cart', more), annotations);
}

function web(annotations: Annotations): Ingress {
  return annotated(ingressFor('web', rule('shop.example', '/', 'cart')), annotations);
}

const CART_1 = pod('cart-1', 'cart', '10.0.0.1');

/** `kind name: field reason` of every condition. */
function said(...objects: readonly Resource[]): readonly string[] {
  return build(objects).conditions.map(
    ({ object, field, reason }) => `${object.kind} ${object.name}: ${field} ${reason}`,
  );
}

describe('what annotations say', () => {
  const { snapshot, conditions } = build([
    cart({ retries: '1', 'load-balancing': 'RoundRobin' }),
    service('mail', {}),
    CART_1,
    web({ retries: '0' }),
    ingressFor('plain', rule('plain.example', '/', 'cart')),
  ]);

  it('is in the Snapshot, of Services and of what routes are made of', () => {
    expect(findService(snapshot, 'shop/cart')?.settings).toEqual({
      retries: 1,
      loadBalancing: 'RoundRobin',
    });
    expect(findService(snapshot, 'shop/mail')).not.toHaveProperty('settings');
    expect(snapshot.routeSettings).toEqual({ 'Ingress shop/web': { retries: 0 } });
    expect(conditions).toEqual([]);
  });

  it('holds for requests, what the route says before what the Service says', () => {
    const settingsAt = (host: string): object | undefined => {
      const decision = decide(snapshot, request(`http://${host}/`));
      return decision.outcome === 'forward' ? decision.settings : undefined;
    };
    expect(settingsAt('shop.example')).toMatchObject({ retries: 0, loadBalancing: 'RoundRobin' });
    expect(settingsAt('plain.example')).toMatchObject({ retries: 1, loadBalancing: 'RoundRobin' });
  });

  it('has the Snapshot another version', () => {
    const versions = [web({}), web({ retries: '0' }), web({ retries: '1' })].map(
      (each) => build([service('cart', {}), each]).snapshot.version,
    );
    expect(new Set(versions).size).toBe(3);
  });

  it('is the same in whatever order objects and annotations are given', () => {
    const one = [cart({ retries: '1', 'body-limit': '1k' }), web({ retries: '0' })];
    const two = [web({ retries: '0' }), cart({ 'body-limit': '1k', retries: '1' })];
    expect(JSON.stringify(build(one).snapshot)).toBe(JSON.stringify(build(two).snapshot));
  });

  it('is of a Service that is refused, or an Ingress of another class, nothing', () => {
    const refused = cart({ retries: 'many' }, { type: 'Odd' });
    const others: Ingress = { ...web({ retires: '1' }), spec: { ingressClassName: 'other' } };
    const provider = { routes: () => ({ routes: [], conditions: [] }) };
    expect(said(refused)).toEqual(['Service cart: spec.type Invalid']);
    expect(build([others], { routeProviders: [provider] })).toMatchObject({
      snapshot: { routeSettings: {} },
      conditions: [],
    });
  });
});

describe('what is wrong with annotations', () => {
  it('is a condition with the field, and the others count', () => {
    const { snapshot, conditions } = build([cart({ retries: 'many', 'body-limit': '1k' })]);
    expect(findService(snapshot, 'shop/cart')?.settings).toEqual({ bodyLimit: 1_000 });
    expect(conditions).toEqual([
      {
        object: { kind: 'Service', namespace: 'shop', name: 'cart' },
        type: 'PartiallyInvalid',
        status: 'True',
        reason: 'InvalidAnnotation',
        message: 'portolan.dev/retries must be a whole number from 0 to 5, such as "1", not "many"',
        field: 'metadata.annotations[portolan.dev/retries]',
      },
    ]);
  });

  it('is said of objects of every kind', () => {
    expect(
      said(
        service('cart', {}),
        annotated(CART_1, { weight: 'heavy' }),
        web({ 'health-path': '/', retires: '1' }),
      ),
    ).toEqual([
      'Ingress web: metadata.annotations[portolan.dev/health-path] MisplacedAnnotation',
      'Ingress web: metadata.annotations[portolan.dev/retires] UnknownAnnotation',
      'Pod cart-1: metadata.annotations[portolan.dev/weight] InvalidAnnotation',
    ]);
  });

  it('is said once of a template, and not again of each Pod that is made from it', () => {
    const annotations = { 'portolan.dev/weight': 'heavy' };
    const deployment: Workload = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'cart', namespace: 'shop' },
      spec: { template: { metadata: { annotations }, spec: { containers: [] } } },
    };
    const made = annotated(CART_1, { weight: 'heavy' });
    const other = annotated(pod('cart-2', 'cart', '10.0.0.2'), { weight: 'light' });
    expect(said(deployment, made, other)).toEqual([
      'Deployment cart: spec.template.metadata.annotations[portolan.dev/weight] InvalidAnnotation',
      'Pod cart-2: metadata.annotations[portolan.dev/weight] InvalidAnnotation',
    ]);
  });

  it('is a policy beside sessionAffinity', () => {
    const annotations = { 'load-balancing': 'Maglev', 'hash-key': 'header:x-user', retries: '1' };
    expect(said(cart(annotations, { sessionAffinity: 'ClientIP' }))).toEqual([
      'Service cart: metadata.annotations[portolan.dev/load-balancing] IneffectiveAnnotation',
      'Service cart: metadata.annotations[portolan.dev/hash-key] IneffectiveAnnotation',
    ]);
    expect(said(cart(annotations))).toEqual([]);
  });
});
