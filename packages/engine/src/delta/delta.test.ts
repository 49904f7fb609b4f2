import type { Resource } from '@portolan/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { batches } from '../../test/changes.ts';
import { build, engine, ingressFor, node, pod, rule, service } from '../../test/shop.ts';
import { findService } from '../snapshot/services.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { applyDelta } from './apply-delta.ts';
import { diffSnapshots } from './diff-snapshots.ts';

const objects: readonly Resource[] = [
  service('cart', {}),
  service('mail', {}),
  pod('cart-1', 'cart', '10.0.0.1'),
  node('a', 'east', '192.0.2.1'),
  ingressFor('web', rule('shop.example', '/', 'cart')),
];

function throughJSON<Value>(value: Value): Value {
  const copy: Value = JSON.parse(JSON.stringify(value));
  return copy;
}

describe('a delta', () => {
  it('makes the later Snapshot of the earlier one, exactly, wherever it was sent to', () => {
    const made = engine();
    fc.assert(
      fc.property(batches, fc.nat(), fc.nat(), (all, one, other) => {
        const live = made.live();
        const snapshots = [live.snapshot(), ...all.map((changes) => live.apply(changes))];
        const at = (index: number): Snapshot =>
          snapshots[index % snapshots.length] ?? live.snapshot();
        const [from, to] = [at(one), at(other)];
        const delta = diffSnapshots(from, to);
        expect(throughJSON(delta)).toEqual(delta);
        const received = applyDelta(throughJSON(from), throughJSON(delta));
        expect(JSON.stringify(received)).toBe(JSON.stringify(to));
        expect(diffSnapshots(throughJSON(from), throughJSON(to))).toEqual(delta);
      }),
      { numRuns: 200 },
    );
  });

  it('holds what has changed and no more', () => {
    const live = engine().live(objects);
    const from = live.snapshot();
    const to = live.apply([
      { put: pod('cart-2', 'cart', '10.0.0.2') },
      { delete: { kind: 'Service', namespace: 'shop', name: 'mail' } },
      { delete: { kind: 'Node', name: 'a' } },
    ]);
    const delta = diffSnapshots(from, to);
    expect(delta).toMatchObject({
      format: 4,
      from: from.version,
      to: to.version,
      services: { removed: ['shop/mail'] },
      nodeAddresses: { changed: {}, removed: ['192.0.2.1'] },
    });
    expect(delta.services?.changed).toEqual({ 'shop/cart': findService(to, 'shop/cart') });
    expect(delta).not.toHaveProperty('routes');
    expect(delta).not.toHaveProperty('routeSettings');
  });

  it('holds the rows of routes that are new, and not those that only moved', () => {
    const live = engine().live([...objects, ingressFor('zoo', rule('zoo.example', '/', 'mail'))]);
    const from = live.snapshot();
    const to = live.apply([{ put: ingressFor('new', rule('new.example', '/', 'mail')) }]);
    const delta = diffSnapshots(from, to);
    expect(delta.routes).toEqual({
      sources: [{ put: [to.routes.sources[0]] }, { kept: [0, 2] }],
      rules: [{ put: [to.routes.rules[0]] }, { kept: [0, 2] }],
      actions: [{ kept: [1, 1] }, { kept: [0, 1] }],
      entries: [{ put: [to.routes.entries[0]] }, { kept: [0, 2] }],
      hosts: [{ put: ['new.example'] }, { kept: [0, 2] }],
    });
    expect(JSON.stringify(applyDelta(from, delta))).toBe(JSON.stringify(to));
  });

  it('leaves entries in the order in which they are built', () => {
    const from = build([node('a', 'east', '192.0.2.2')]).snapshot;
    const to = build([node('a', 'east', '192.0.2.2'), node('b', 'east', '192.0.2.1')]).snapshot;
    expect(Object.keys(to.nodeAddresses)).toEqual(['192.0.2.1', '192.0.2.2']);
    const received = applyDelta(from, diffSnapshots(from, to));
    expect(JSON.stringify(received)).toBe(JSON.stringify(to));
  });

  it('is empty between equal Snapshots', () => {
    const { snapshot } = build(objects);
    const { version } = snapshot;
    const empty = { format: 4, from: version, to: version };
    expect(diffSnapshots(snapshot, snapshot)).toEqual(empty);
    expect(diffSnapshots(snapshot, throughJSON(snapshot))).toEqual(empty);
  });

  it('keeps what has not changed the very same object', () => {
    const live = engine().live(objects);
    const from = live.snapshot();
    const delta = diffSnapshots(from, live.apply([{ put: pod('cart-2', 'cart', '10.0.0.2') }]));
    const to = applyDelta(from, delta);
    expect(to?.routes).toBe(from.routes);
    expect(to?.frontends).toBe(from.frontends);
    expect(to && findService(to, 'shop/mail')).toBe(findService(from, 'shop/mail'));
  });

  it('is not applied to another version, or another format', () => {
    const live = engine().live(objects);
    const from = live.snapshot();
    const to = live.apply([{ put: pod('cart-2', 'cart', '10.0.0.2') }]);
    const delta = diffSnapshots(from, to);
    expect(applyDelta(to, delta)).toBeUndefined();
    const older: Snapshot = JSON.parse(JSON.stringify(from).replace('"format":4', '"format":3'));
    expect(applyDelta(older, delta)).toBeUndefined();
  });
});
