import type { Ingress, IngressClass, Service } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { unsupportedAnnotations } from './annotation.ts';

const EVERY = {
  'example.com/magic': 'on',
  'ingressclass.kubernetes.io/is-default-class': 'true',
  'kubectl.kubernetes.io/last-applied-configuration': '{}',
  'kubernetes.io/description': 'a shop',
  'kubernetes.io/ingress.class': 'nginx',
  'meta.helm.sh/release-name': 'shop',
  owner: 'somebody',
  'portolan.dev/implementation-specific': 'Prefix',
  'portolan.dev/unheard-of': 'a',
  'service.beta.kubernetes.io/load-balancer-source-ranges': '10.0.0.0/8',
  'service.kubernetes.io/topology-aware-hints': 'Auto',
  'service.kubernetes.io/topology-mode': 'Auto',
};
const metadata = { name: 'web', namespace: 'shop', annotations: EVERY };

const ingress: Ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata,
  spec: {},
};
const ingressClass: IngressClass = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata,
};
const service: Service = { apiVersion: 'v1', kind: 'Service', metadata, spec: {} };

const FOR_CLASSES = ['ingressclass.kubernetes.io/is-default-class'];
const FOR_INGRESSES = ['kubernetes.io/ingress.class'];
const FOR_SERVICES = [
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.kubernetes.io/topology-aware-hints',
  'service.kubernetes.io/topology-mode',
];

describe('the annotations that another controller would heed', () => {
  it.each([
    [ingress, [...FOR_CLASSES, ...FOR_SERVICES]],
    [ingressClass, [...FOR_INGRESSES, ...FOR_SERVICES]],
    [service, [...FOR_CLASSES, ...FOR_INGRESSES]],
  ])(
    'are those that are neither honoured on this kind nor ours nor bookkeeping, sorted: $kind',
    (object, others) => {
      expect(unsupportedAnnotations(object)).toEqual(['example.com/magic', ...others].toSorted());
    },
  );

  it('are none where there are none', () => {
    expect(unsupportedAnnotations({ ...service, metadata: { name: 'web' } })).toEqual([]);
  });
});
