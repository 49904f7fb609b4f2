import { describe, expect, it } from 'vitest';

import { resourceTypeOf } from '../resource-type/resource-type.ts';
import { collectionPath, objectPath } from './resource-path.ts';

const deployments = resourceTypeOf({ apiVersion: 'apps/v1', kind: 'Deployment' });
const nodes = resourceTypeOf({ apiVersion: 'v1', kind: 'Node' });

describe('the path of a resource', () => {
  it('has its group and version, and the namespace where one is named', () => {
    expect(deployments && collectionPath(deployments)).toBe('/apis/apps/v1/deployments');
    expect(deployments && collectionPath(deployments, 'shop')).toBe(
      '/apis/apps/v1/namespaces/shop/deployments',
    );
  });

  it('begins with /api in the core group, and has no namespace where objects have none', () => {
    expect(nodes && collectionPath(nodes, '')).toBe('/api/v1/nodes');
  });
});

describe('the path of an object', () => {
  it('ends in its name', () => {
    expect(objectPath({ resource: 'pods', namespace: 'shop', name: 'cart-1' })).toBe(
      '/api/v1/namespaces/shop/pods/cart-1',
    );
    expect(objectPath({ resource: 'nodes', namespace: '', name: 'a' })).toBe('/api/v1/nodes/a');
    const ref = { resource: 'ingresses.networking.k8s.io', namespace: 'shop', name: 'web' };
    expect(objectPath(ref)).toBe('/apis/networking.k8s.io/v1/namespaces/shop/ingresses/web');
  });

  it('is none for a resource that is not kept', () => {
    const ref = { resource: 'horses', namespace: 'shop', name: 'a' };
    expect(() => objectPath(ref)).toThrow(new TypeError('no horses are kept'));
  });
});
