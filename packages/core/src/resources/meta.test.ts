import { expect, it } from 'vitest';

import { objectKey, objectReference } from './meta.ts';

it('an object is known by kind, namespace and name, and an absent namespace is `default`', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', uid: '1' } };
  expect(objectReference(pod)).toEqual({ kind: 'Pod', namespace: 'default', name: 'web' });
  expect(objectKey(pod)).toBe('default/web');
  const elsewhere = { ...pod, metadata: { name: 'web', namespace: 'shop' } };
  expect(objectReference(elsewhere)).toEqual({ kind: 'Pod', namespace: 'shop', name: 'web' });
});
