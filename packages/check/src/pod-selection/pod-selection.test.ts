import { describe, expect, it } from 'vitest';

import { deployment, documents, pod, service, told, WEB } from '../../test/manifests.ts';

const CODE = 'PodSelectedByNone';

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: server
        image: server
        ports: PORTS
`;

function withPorts(ports: string): string {
  return DEPLOYMENT.replace('PORTS', ports);
}

function job(kind: string): object {
  return {
    apiVersion: 'batch/v1',
    kind,
    metadata: { name: 'load', namespace: 'shop', uid: 'a' },
    spec: {
      template: {
        metadata: { labels: { app: 'load' } },
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'load', image: 'load', ports: [{ containerPort: 80 }] }],
        },
      },
    },
  };
}

describe('Pods that no Service leads to', () => {
  it('are found at the labels, once for all Pods of a workload', () => {
    const text = documents(withPorts('[{name: http, containerPort: 8080}]'), service('mail'));
    expect(told(CODE, text)).toEqual([
      {
        at: 'labels: {app: web}',
        severity: 'warning',
        field: 'spec.template.metadata.labels',
        message:
          'no Service of namespace shop selects the Pods of this Deployment: nothing leads to port 8080 (http)',
      },
    ]);
  });

  it('are a notice where no port is declared', () => {
    expect(told(CODE, withPorts('[]'))).toMatchObject([
      {
        severity: 'notice',
        message:
          'no Service of namespace shop selects the Pods of this Deployment: they declare no port either',
      },
    ]);
    expect(told(CODE, withPorts('[{containerPort: 53, protocol: UDP}]'))).toMatchObject([
      { severity: 'notice' },
    ]);
  });

  it('are a notice where their ports are those of the node', () => {
    expect(told(CODE, withPorts('[{containerPort: 80, hostPort: 80}]'))).toMatchObject([
      {
        severity: 'notice',
        message: expect.stringContaining("only the node's own ports lead to 80"),
      },
    ]);
  });

  it('are one Pod on its own', () => {
    const message = 'no Service of namespace shop selects this Pod: nothing leads to port 8080';
    expect(told(CODE, documents(pod('web-0', { podIP: '10.0.0.1' })))).toMatchObject([{ message }]);
  });

  it('are not those that a Service selects, or that have ended', () => {
    expect(told(CODE, WEB)).toEqual([]);
    expect(told(CODE, documents(pod('web-0', { phase: 'Succeeded' })))).toEqual([]);
  });

  it('are those that only a Service of another namespace would select', () => {
    const elsewhere = service('web', {}, { metadata: { namespace: 'depot' } });
    expect(told(CODE, documents(elsewhere, deployment('web')))).toHaveLength(1);
  });

  it('are not those of Jobs and CronJobs', () => {
    expect(told(CODE, documents(job('Job')))).toEqual([]);
    const owned = pod(
      'load-x',
      { podIP: '10.0.0.1' },
      { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'load', uid: 'a' }] },
    );
    expect(told(CODE, documents(owned))).toEqual([]);
  });

  it('are not said again of what a workload has made', () => {
    const made = pod(
      'web-x',
      { podIP: '10.0.0.1' },
      { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'a' }] },
    );
    expect(told(CODE, documents(deployment('web'), made))).toHaveLength(1);
  });
});
