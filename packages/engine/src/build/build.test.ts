import type { Resource } from '@portolan/core';
import { assert, property, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { build, ingressFor, node, pod, request, rule, service, slice } from '../../test/shop.ts';
import { decide } from '../decide/decide.ts';
import { createEngine } from '../engine/engine.ts';
import { findService } from '../snapshot/services.ts';

const objects: readonly Resource[] = [
  node('a', 'east', '192.0.2.1'),
  service('cart', { type: 'NodePort' }),
  service('mail', { type: 'NodePort' }),
  service('old', { selector: undefined }),
  slice('old', ['192.0.2.44', '192.0.2.45']),
  pod('cart-1', 'cart', '10.0.0.1', { nodeName: 'a' }),
  pod('cart-2', 'cart', '10.0.0.2'),
  pod('mail-1', 'mail', '10.0.0.3'),
  ingressFor('web', rule('shop.example', '/', 'cart'), rule('shop.example', '/mail', 'mail')),
  ingressFor('old', rule('*.shop.example', '/', 'old')),
];

describe('a Snapshot', () => {
  const { snapshot } = build(objects);

  it('is plain JSON data', () => {
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
    expect(structuredClone(snapshot)).toEqual(snapshot);
  });

  it('is the same for the same objects in any order', () => {
    assert(
      property(shuffledSubarray([...objects], { minLength: objects.length }), (shuffled) => {
        expect(build(shuffled).snapshot).toEqual(snapshot);
      }),
      { numRuns: 50 },
    );
  });

  it('decides the same after a trip through JSON', () => {
    const copy: typeof snapshot = JSON.parse(JSON.stringify(snapshot));
    for (const url of [
      'http://shop.example/mail',
      'http://a.shop.example/',
      'http://192.0.2.1:80/',
    ]) {
      expect(decide(copy, request(url), { trace: true })).toEqual(
        decide(snapshot, request(url), { trace: true }),
      );
    }
  });

  it('has another version when anything in it is different', () => {
    const versions = objects.map(
      (_, left) => build(objects.filter((_each, index) => index !== left)).snapshot.version,
    );
    expect(new Set([snapshot.version, ...versions]).size).toBe(objects.length + 1);
    expect(snapshot.version).toMatch(/^[0-9a-f]{16}$/);
  });

  it('follows the Pods: who is replaced answers no more', () => {
    const replaced = objects.map((object) =>
      object.kind === 'Pod' && object.metadata.name === 'mail-1'
        ? pod('mail-2', 'mail', '10.0.0.9')
        : object,
    );
    const who = (resources: readonly Resource[]) =>
      decide(build(resources).snapshot, request('http://shop.example/mail'));
    expect(who(objects)).toMatchObject({ endpoints: [{ address: '10.0.0.3' }] });
    expect(who(replaced)).toMatchObject({ endpoints: [{ address: '10.0.0.9' }] });
  });

  it('holds the last of two objects of one name', () => {
    const again = build([...objects, service('cart', { ports: [{ port: 81 }] })]);
    expect(findService(again.snapshot, 'shop/cart')?.ports).toMatchObject([{ port: 81 }]);
  });
});

describe('what is to be said of the objects', () => {
  it('is nothing where all is well', () => {
    expect(build(objects).conditions).toEqual([]);
  });

  it('names the backends that do not resolve, and where', () => {
    const { conditions } = build([
      service('cart', {}),
      ingressFor('web', rule(undefined, '/a', 'missing'), rule(undefined, '/b', 'cart', 'http')),
    ]);
    expect(conditions).toMatchObject([
      {
        object: { kind: 'Ingress', namespace: 'shop', name: 'web' },
        type: 'ResolvedRefs',
        status: 'False',
        reason: 'BackendNotFound',
        message: 'Service shop/missing does not exist',
        field: 'spec.rules[0].http.paths[0]',
      },
      { message: 'Service shop/cart has no port http', field: 'spec.rules[1].http.paths[0]' },
    ]);
  });

  it('tells the younger of two Services that claim one address, and the older keeps it', () => {
    const balancer = { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } };
    const named = (name: string, creationTimestamp?: string) =>
      service(
        name,
        { type: 'LoadBalancer' },
        { status: balancer, metadata: { name, namespace: 'shop', creationTimestamp } },
      );
    const { snapshot, conditions } = build([named('a'), named('b', '2024-01-01T00:00:00Z')]);
    expect(snapshot.frontends['external TCP 203.0.113.9:80']?.service).toBe('shop/b');
    expect(conditions).toMatchObject([
      {
        object: { name: 'a' },
        type: 'Programmed',
        status: 'False',
        reason: 'PortUnavailable',
        message: 'TCP 203.0.113.9:80 is taken by Service shop/b',
      },
    ]);
  });

  it('keeps a refused Service from nothing but itself', () => {
    const { conditions, services } = build([...objects, service('odd', { type: 'Odd' })]);
    expect(conditions).toMatchObject([
      { object: { name: 'odd' }, type: 'Accepted', status: 'False', reason: 'Invalid' },
    ]);
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['cart', 'mail', 'old']);
  });
});

describe('the default backend of the engine', () => {
  it('takes what nothing else does', () => {
    const defaultBackend = { namespace: 'shop', name: 'cart', port: 80 };
    const { snapshot } = build(objects, { defaultBackend });
    expect(decide(snapshot, request('http://nobody.example/'))).toMatchObject({
      outcome: 'forward',
      service: { name: 'cart' },
      route: { rule: 'defaultBackend' },
    });
  });
});

describe('an engine', () => {
  it('is not made of a Service type whose base is missing', () => {
    const serviceTypes = [{ type: 'LoadBalancer', buildsOn: 'NodePort' }];
    expect(() => createEngine({ serviceTypes, routeProviders: [] })).toThrow(
      'Service type LoadBalancer builds on NodePort, which is not given',
    );
  });
});
