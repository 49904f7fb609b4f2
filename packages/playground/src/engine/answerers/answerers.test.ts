import { compile } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { Answerers } from './answerers.ts';

const TWO_NAMES = `
kind: Service
apiVersion: v1
metadata: { name: a }
spec: { type: ExternalName, externalName: partner.example }
---
kind: Service
apiVersion: v1
metadata: { name: b }
spec: { type: ExternalName, externalName: partner.example }
---
kind: Service
apiVersion: v1
metadata: { name: c }
spec: { selector: { app: c }, ports: [{ name: one, port: 80 }, { name: two, port: 81 }] }
---
kind: Pod
apiVersion: v1
metadata: { name: c, labels: { app: c } }
spec: { containers: [{ name: c, image: c }] }
status: { podIP: 10.0.0.1 }
`;

const EMPTY = compile('').snapshot;

describe('answerers', () => {
  const full = compile(TWO_NAMES).snapshot;

  it('have one card for a Pod, with all it answers for', () => {
    const answers = new Answerers(full).of('pod:default/c').get('default/c');
    expect(answers?.map(({ port }) => port.port)).toEqual([80, 81]);
  });

  it('have one card for a name that several Services are aliases of', () => {
    const answerers = new Answerers(full);
    expect([...answerers.ids()].toSorted()).toEqual(['address:partner.example', 'pod:default/c']);
    expect(answerers.isAlias('address:partner.example')).toBe(true);
    expect([...answerers.of('address:partner.example').keys()]).toEqual(['default/a', 'default/b']);
  });

  it('come and go with their Services', () => {
    const answerers = new Answerers(EMPTY);
    answerers.follow(full);
    expect([...answerers.ids()]).toHaveLength(2);
    answerers.follow(compile(TWO_NAMES.replace('name: b', 'name: d')).snapshot);
    expect([...answerers.of('address:partner.example').keys()]).toEqual(['default/a', 'default/d']);
    answerers.follow(EMPTY);
    expect([...answerers.ids()]).toEqual([]);
    expect(answerers.isAlias('address:partner.example')).toBe(false);
  });
});
