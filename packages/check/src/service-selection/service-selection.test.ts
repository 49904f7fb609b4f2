import { describe, expect, it } from 'vitest';

import { deployment, documents, pod, service, told, WEB } from '../../test/manifests.ts';

const CODE = 'ServiceSelectsNothing';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: [{port: 80}]
  selector:
    app: web
    tier: edge
`;

describe('a Service that selects nothing', () => {
  it('is found at its selector', () => {
    expect(told(CODE, documents(SERVICE, deployment('mail')))).toEqual([
      {
        at: 'selector:',
        severity: 'warning',
        field: 'spec.selector',
        message: 'no Pod and no workload of namespace shop has the labels app=web,tier=edge',
      },
    ]);
  });

  it('is told so otherwise where there is nothing to select', () => {
    expect(told(CODE, documents(SERVICE))[0]?.message).toBe(
      'these manifests have no Pods in namespace shop, so app=web,tier=edge selects none',
    );
  });

  it('has the one label that differs from what the nearest Pods have', () => {
    const labels = { app: 'web', tier: 'egde' };
    expect(told(CODE, documents(SERVICE, deployment('web', labels)))).toEqual([
      expect.objectContaining({
        at: 'tier: edge',
        field: 'spec.selector[tier]',
        remedy: 'the nearest is Deployment shop/web, which has tier=egde instead of tier=edge',
        related: [expect.stringContaining('"labels"')],
      }),
    ]);
  });

  it('has the label that the nearest Pods lack', () => {
    const text = documents(
      service('web', { selector: { app: 'web', tier: 'edge', stage: 'live' } }),
      deployment('web', { app: 'web', tier: 'edge' }),
      deployment('mail', { app: 'mail', tier: 'edge' }),
    );
    expect(told(CODE, text)[0]?.remedy).toBe(
      'the nearest is Deployment shop/web, which has no label stage',
    );
  });

  it('has no nearest Pods where half of the labels differ and none is a slip of the pen', () => {
    const text = documents(SERVICE, deployment('web', { app: 'web', tier: 'backend' }));
    expect(told(CODE, text)[0]).not.toHaveProperty('remedy');
  });

  it('has Pods of another namespace that it was perhaps meant for', () => {
    const elsewhere = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'depot', labels: { app: 'web', tier: 'edge' } },
      spec: { containers: [{ name: 'server', image: 'server' }] },
    };
    expect(told(CODE, documents(SERVICE, elsewhere))[0]?.remedy).toBe(
      'Pod depot/web has them, but a Service selects Pods of its own namespace only',
    );
  });

  it('has the workload of its name that is left out for an error', () => {
    const faulty = deployment('web', { app: 'web', tier: 'edge' }, [{ containerPort: 0 }]);
    expect(told(CODE, documents(SERVICE, faulty))).toMatchObject([
      { remedy: 'Deployment shop/web is left out for an error: mend that first' },
    ]);
  });

  it('is none that selects Pods, or the template of a workload, also one without replicas', () => {
    expect(told(CODE, WEB)).toEqual([]);
    expect(told(CODE, documents(service('web'), pod('web-0', {})))).toEqual([]);
    const none = deployment('web', { app: 'web' }, [], { replicas: 0 });
    expect(told(CODE, documents(service('web'), none))).toEqual([]);
  });

  it('is none that selects the Pods of a CronJob, or one Pod of a StatefulSet', () => {
    const template = {
      metadata: { labels: { app: 'web' } },
      spec: { restartPolicy: 'Never', containers: [{ name: 'server', image: 'server' }] },
    };
    const cronJob = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { schedule: '@daily', jobTemplate: { spec: { template } } },
    };
    expect(told(CODE, documents(service('web'), cronJob))).toEqual([]);
    const { spec } = { spec: { containers: template.spec.containers } };
    const statefulSet = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } }, spec },
      },
    };
    const one = (name: string): object =>
      service('one', { selector: { 'statefulset.kubernetes.io/pod-name': name } });
    expect(told(CODE, documents(one('db-1'), statefulSet))).toEqual([]);
    expect(told(CODE, documents(one('db-2'), statefulSet))).toHaveLength(1);
  });

  it('is none whose endpoints are given by hand, nor an alias in DNS, nor one without a selector', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType: 'IPv4',
      ports: [{ port: 8080 }],
      endpoints: [{ addresses: ['10.0.0.1'] }],
    };
    expect(told(CODE, documents(service('web'), slice))).toEqual([]);
    const alias = service('web', { type: 'ExternalName', externalName: 'web.example' });
    expect(told(CODE, documents(alias))).toEqual([]);
    expect(told(CODE, documents(service('web', { selector: undefined })))).toEqual([]);
  });

  it('is not judged by a label that only the cluster knows', () => {
    const selector = { app: 'web', 'pod-template-hash': '5d4f8c7b9' };
    expect(told(CODE, documents(service('web', { selector }), deployment('web')))).toEqual([]);
  });
});
