import { describe, expect, it } from 'vitest';

import { given } from '../../test/objects.ts';
import { standInOwners } from './owner.ts';

const template = {
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'c', image: 'v1' }] },
};

function workload(kind: string, name: string, apiVersion = 'apps/v1') {
  const metadata = { name, namespace: 'shop' };
  const selector = { matchLabels: { app: 'a' } };
  return { apiVersion, kind, metadata, spec: { selector, template } };
}

describe('a stand-in is called', () => {
  it.each(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'])(
    'by the %s that makes it',
    (kind) => {
      const owners = standInOwners(given(workload(kind, 'cart')));
      expect([...owners.values()]).toEqual([`${kind} shop/cart`]);
    },
  );

  it('by its own workload where another one has the same template, a similar name, or a long one', () => {
    const names = ['cart', 'cart-a', `cart-${'x'.repeat(58)}`];
    const owners = standInOwners(given(...names.map((name) => workload('Deployment', name))));
    expect([...owners.values()].toSorted()).toEqual(names.map((name) => `Deployment shop/${name}`));
  });

  it('by its Job', () => {
    const jobTemplate = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
    const job = { ...workload('Job', 'once', 'batch/v1'), spec: { template: jobTemplate } };
    expect([...standInOwners(given(job)).values()]).toEqual(['Job shop/once']);
  });

  it('by the Pod itself that a manifest gives', () => {
    const { metadata, spec } = template;
    const alone = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, name: 'alone', namespace: 'shop' },
      spec,
    };
    expect([...standInOwners(given(alone))]).toEqual([['shop/alone', 'Pod shop/alone']]);
  });
});
