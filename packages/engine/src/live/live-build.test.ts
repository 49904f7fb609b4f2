import type { Pod, Resource, ServiceType } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { batches, Objects } from '../../test/changes.ts';
import {
  engine,
  ingressFor,
  node,
  pod,
  ready,
  request,
  rule,
  service,
  slice,
} from '../../test/shop.ts';
import { decide } from '../decide/decide.ts';
import type { EngineOptions } from '../engine/engine.ts';
import { findService } from '../snapshot/services.ts';

const objects: readonly Resource[] = [
  service('cart', {}),
  service('mail', { type: 'NodePort' }),
  pod('cart-1', 'cart', '10.0.0.1'),
  pod('mail-1', 'mail', '10.0.0.3'),
  node('a', 'east', '192.0.2.1'),
  ingressFor('web', rule('shop.example', '/', 'cart')),
];

describe('a live build', () => {
  it('is at any time what a build of the objects that are there is', () => {
    const made = engine();
    fc.assert(
      fc.property(batches, (all) => {
        const live = made.live();
        const there = new Objects();
        for (const changes of all) {
          const before = live.snapshot();
          const snapshot = live.apply(changes);
          there.apply(changes);
          const whole = made.build(there.all());
          expect(snapshot).toEqual(whole.snapshot);
          expect(JSON.stringify(snapshot)).toBe(JSON.stringify(whole.snapshot));
          expect(snapshot === before).toBe(snapshot.version === before.version);
          expect(live.snapshot()).toBe(snapshot);
          expect(live.build()).toEqual(whole);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('begins with the objects given, and with none', () => {
    const made = engine();
    expect(made.live(objects).build()).toEqual(made.build(objects));
    expect(made.live().build()).toEqual(made.build([]));
  });

  it('follows the Pods: who joins answers, who leaves answers no more', () => {
    const live = engine().live(objects);
    const whoAnswers = () => {
      const decision = decide(live.snapshot(), request('http://shop.example/'));
      return decision.outcome === 'forward' && decision.endpoints.map(({ address }) => address);
    };
    expect(whoAnswers()).toEqual(['10.0.0.1']);
    live.apply([{ put: pod('cart-2', 'cart', '10.0.0.2') }]);
    expect(whoAnswers()).toEqual(['10.0.0.1', '10.0.0.2']);
    const failing: Pod = {
      ...pod('cart-2', 'cart', '10.0.0.2'),
      status: ready('10.0.0.2', 'False'),
    };
    live.apply([{ put: failing }]);
    expect(whoAnswers()).toEqual(['10.0.0.1']);
    live.apply([{ delete: { kind: 'Pod', namespace: 'shop', name: 'cart-1' } }]);
    expect(whoAnswers()).toBe(false);
  });

  it.each<[string, Resource]>([
    ['a Pod that nobody selects', pod('other', 'other', '10.0.0.9')],
    [
      'a label that nobody asks for',
      {
        ...pod('cart-1', 'cart', '10.0.0.1'),
        metadata: { name: 'cart-1', namespace: 'shop', labels: { app: 'cart', tier: 'x' } },
      },
    ],
    ['a slice of a Service that is not there', slice('other', ['10.0.0.9'])],
    ['an object given once more', ingressFor('web', rule('shop.example', '/', 'cart'))],
    [
      'a status that nobody reads',
      { ...ingressFor('web', rule('shop.example', '/', 'cart')), status: {} },
    ],
  ])('is the very same Snapshot after %s', (_, put) => {
    const live = engine().live(objects);
    const before = live.snapshot();
    expect(live.apply([{ put }])).toBe(before);
  });

  it('shares what has not changed with the Snapshot before', () => {
    const many = Array.from({ length: 100 }, (_, index) => service(`one-of-many-${index}`, {}));
    const live = engine().live([...objects, ...many]);
    const before = live.snapshot();
    const after = live.apply([{ put: pod('cart-2', 'cart', '10.0.0.2') }]);
    expect(after.services).toHaveLength(4);
    expect(after.services.filter((shard, index) => shard !== before.services[index])).toHaveLength(
      1,
    );
    expect(findService(after, 'shop/mail')).toBe(findService(before, 'shop/mail'));
    for (const part of ['routes', 'routeSettings', 'frontends', 'nodeAddresses'] as const) {
      expect(after[part]).toBe(before[part]);
    }
    expect(findService(before, 'shop/cart')?.ports[0]?.endpoints).toHaveLength(1);
  });

  it('keeps the endpoints of Services as they were where another Service changes', () => {
    const live = engine().live(objects);
    const before = live.snapshot();
    const after = live.apply([
      { put: service('mail', { type: 'NodePort', ports: [{ port: 25 }] }) },
    ]);
    expect(after.frontends).not.toEqual(before.frontends);
    expect(after.routes).toBe(before.routes);
    expect(findService(after, 'shop/cart')).toBe(findService(before, 'shop/cart'));
  });

  it('works out nothing anew of Services for another Ingress, and nothing of routes for another Service', () => {
    const asked: string[] = [];
    const serviceType: ServiceType = {
      type: 'ClusterIP',
      frontends: () => {
        asked.push('frontends');
        return [];
      },
    };
    const routeProvider: EngineOptions['routeProviders'][number] = {
      routes: (resources) => {
        asked.push(`routes of ${resources.map(({ kind }) => kind).join()}`);
        return { routes: [], conditions: [] };
      },
    };
    const live = engine({ serviceTypes: [serviceType], routeProviders: [routeProvider] }).live([
      service('cart', {}),
      ingressFor('web'),
    ]);
    asked.length = 0;
    live.apply([{ put: ingressFor('other') }]);
    expect(asked).toEqual(['routes of Ingress,Ingress']);
    asked.length = 0;
    live.apply([{ put: service('mail', {}) }, { put: node('a', 'east', '192.0.2.1') }]);
    expect(asked).toEqual(['frontends', 'frontends']);
  });

  it('follows the addresses that a provider writes into the status of a Service', () => {
    const live = engine().live([service('cart', { type: 'LoadBalancer' })]);
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } };
    live.apply([{ put: service('cart', { type: 'LoadBalancer' }, { status }) }]);
    expect(live.snapshot().frontends).toHaveProperty(['external TCP 203.0.113.9:80']);
    expect(live.build().services).toMatchObject([{ status }]);
  });

  it('is as it was where a plugin throws, and catches up once it does no more', () => {
    let isBroken = false;
    const moody: ServiceType = {
      type: 'Moody',
      endpoints: (_, sources) => {
        if (isBroken) throw new Error('not today');
        return sources.discovered();
      },
    };
    const made = engine({ serviceTypes: [moody] });
    const changes = [
      { put: service('cart', { type: 'Moody', ports: [{ port: 81 }] }) },
      { put: service('mail', { type: 'Moody' }) },
      { put: pod('mail-1', 'mail', '10.0.0.3') },
    ];
    const live = made.live([service('cart', { type: 'Moody' }), pod('cart-1', 'cart', '10.0.0.1')]);
    const before = live.snapshot();
    isBroken = true;
    expect(() => live.apply(changes)).toThrow('not today');
    expect(() => live.apply([])).toThrow('not today');
    expect(live.snapshot()).toBe(before);
    isBroken = false;
    expect(live.apply([])).toEqual(
      made.build([pod('cart-1', 'cart', '10.0.0.1'), ...changes.map(({ put }) => put)]).snapshot,
    );
  });

  it('finds no endpoint anew for a heartbeat of a node', () => {
    let count = 0;
    const counting: ServiceType = {
      type: 'ClusterIP',
      endpoints: (_, sources) => {
        count += 1;
        return sources.discovered();
      },
    };
    const heartbeat = (resourceVersion: string): Resource => {
      const made = node('a', 'east', '192.0.2.1');
      return { ...made, metadata: { ...made.metadata, resourceVersion } };
    };
    const live = engine({ serviceTypes: [counting] }).live([service('cart', {}), heartbeat('1')]);
    live.apply([{ put: heartbeat('2') }, { put: ingressFor('web') }]);
    expect(count).toBe(1);
    live.apply([{ put: node('a', 'west', '192.0.2.1') }]);
    expect(count).toBe(2);
  });

  it('deletes nodes and classes by name alone', () => {
    const live = engine().live(objects);
    expect(live.apply([{ delete: { kind: 'Node', name: 'a' } }]).nodeAddresses).toEqual({});
    expect(live.apply([{ put: node('a', 'east', '192.0.2.1') }]).nodeAddresses).not.toEqual({});
    const deleted = { kind: 'Node', namespace: '', name: 'a' };
    expect(live.apply([{ delete: deleted }]).nodeAddresses).toEqual({});
  });
});
