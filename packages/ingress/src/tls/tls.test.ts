import type { Ingress, IngressClass } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { ingressTLS } from './tls.ts';

function ingress(
  name: string,
  tls: Ingress['spec']['tls'],
  { created, ...spec }: { created?: string; ingressClassName?: string } = {},
): Ingress {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop', ...(created && { creationTimestamp: created }) },
    spec: { ...spec, ...(tls && { tls }) },
  };
}

const ours: IngressClass = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'ours' },
  spec: { controller: 'portolan.dev/ingress' },
};

describe('ingressTLS', () => {
  it('tells which hosts are to be served with which Secret of the namespace', () => {
    const web = ingress('web', [
      { hosts: ['Shop.example', '*.shop.example'], secretName: 'shop-tls' },
      { secretName: 'any-tls' },
    ]);
    expect(ingressTLS([web])).toEqual([
      {
        namespace: 'shop',
        secretName: 'shop-tls',
        hosts: ['shop.example', '*.shop.example'],
        ingress: 'web',
        field: 'spec.tls[0]',
      },
      {
        namespace: 'shop',
        secretName: 'any-tls',
        hosts: [],
        ingress: 'web',
        field: 'spec.tls[1]',
      },
    ]);
  });

  it('asks for nothing where no Secret is named', () => {
    expect(
      ingressTLS([ingress('none', undefined), ingress('web', [{ hosts: ['a.example'] }])]),
    ).toEqual([]);
  });

  it('has the oldest Ingress first', () => {
    const tls = [{ hosts: ['shop.example'], secretName: 'tls' }];
    const asked = ingressTLS([
      ingress('a', tls, { created: '2026-02-01T00:00:00Z' }),
      ingress('b', tls, { created: '2026-01-01T00:00:00Z' }),
    ]);
    expect(asked.map((each) => each.ingress)).toEqual(['b', 'a']);
  });

  it('has those that name hosts before those that name none', () => {
    const asked = ingressTLS([
      ingress('a', [{ secretName: 'any-tls' }], { created: '2026-01-01T00:00:00Z' }),
      ingress('b', [{ hosts: ['shop.example'], secretName: 'tls' }], {
        created: '2026-02-01T00:00:00Z',
      }),
    ]);
    expect(asked.map((each) => each.secretName)).toEqual(['tls', 'any-tls']);
  });

  it('leaves Ingresses of other classes to others', () => {
    const tls = [{ hosts: ['shop.example'], secretName: 'tls' }];
    const asked = ingressTLS(
      [
        ours,
        ingress('mine', tls, { ingressClassName: 'ours' }),
        ingress('theirs', tls, { ingressClassName: 'theirs' }),
      ],
      { controllers: ['portolan.dev/ingress'] },
    );
    expect(asked.map((each) => each.ingress)).toEqual(['mine']);
  });
});
