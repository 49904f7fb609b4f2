import { describe, expect, it } from 'vitest';

import { findKind, servedAs } from './kinds.ts';
import { findRetired } from './retired.ts';

describe('a version that is no longer served', () => {
  it.each([
    ['extensions/v1beta1', 'Ingress', 'networking.k8s.io/v1', '1.22'],
    ['extensions/v1beta1', 'Deployment', 'apps/v1', '1.16'],
    ['networking.k8s.io/v1beta1', 'IngressClass', 'networking.k8s.io/v1', '1.22'],
    ['apps/v1beta1', 'StatefulSet', 'apps/v1', '1.16'],
    ['apps/v1beta2', 'DaemonSet', 'apps/v1', '1.16'],
    ['batch/v1beta1', 'CronJob', 'batch/v1', '1.25'],
    ['coordination.k8s.io/v1beta1', 'Lease', 'coordination.k8s.io/v1', '1.22'],
    ['discovery.k8s.io/v1beta1', 'EndpointSlice', 'discovery.k8s.io/v1', '1.25'],
  ])('%s %s gave way to %s in %s', (apiVersion, kind, replacement, release) => {
    expect(findRetired(apiVersion, kind)).toEqual({ replacement, release });
    expect(findKind(replacement, kind)).toBeDefined();
    expect(findKind(apiVersion, kind)).toBeUndefined();
  });

  it('is not one of a kind that is none of ours', () => {
    expect(findRetired('extensions/v1beta1', 'NetworkPolicy')).toBeUndefined();
    expect(findRetired('apps/v1', 'Deployment')).toBeUndefined();
  });
});

describe('a version that never had the kind', () => {
  it('is told from the one that has, in the groups of Kubernetes itself', () => {
    expect(servedAs('v1', 'Deployment')).toBe('apps/v1');
    expect(servedAs('apps/v1', 'Service')).toBe('v1');
    expect(servedAs('networking.k8s.io/v2', 'Ingress')).toBe('networking.k8s.io/v1');
  });

  it("is anyone's own business in a group of their own", () => {
    expect(servedAs('serving.knative.dev/v1', 'Service')).toBeUndefined();
    expect(servedAs('v1', 'PersistentVolume')).toBeUndefined();
  });
});
