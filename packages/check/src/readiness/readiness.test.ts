import { describe, expect, it } from 'vitest';

import { deployment, documents, pod, service, told, WEB } from '../../test/manifests.ts';

const CODE = 'NoReadyEndpoints';

function ready(status: 'False' | 'True', podIP = '10.0.0.1'): object {
  return { phase: 'Running', podIP, conditions: [{ type: 'Ready', status }] };
}

describe('a Service that nobody is ready to answer for', () => {
  it('is found at its selector, with the state of each Pod', () => {
    const text = documents(
      service('web'),
      pod('a', ready('False')),
      pod('b', ready('False', '10.0.0.2'), { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    );
    expect(told(CODE, text)).toEqual([
      {
        at: expect.stringMatching(/^"selector"/u),
        severity: 'warning',
        field: 'spec.selector',
        message:
          'nobody is ready to answer, so requests get a 503: Pod shop/a is not ready and Pod shop/b is about to end',
      },
    ]);
  });

  it('may have addresses given by hand', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType: 'IPv4',
      ports: [{ port: 8080 }],
      endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: false } }],
    };
    expect(told(CODE, documents(service('web', { selector: undefined }), slice))).toMatchObject([
      { field: 'spec', message: expect.stringContaining('10.0.0.1 is not ready') },
    ]);
  });

  it('may have Pods that have ended, or that have no address of its families', () => {
    const ended = documents(service('web'), pod('a', { phase: 'Failed' }));
    expect(told(CODE, ended)).toMatchObject([
      {
        severity: 'warning',
        message: 'nobody is there to answer, so requests get a 503: Pod shop/a has ended',
      },
    ]);
    const families = { ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack' };
    const other = documents(service('web', families), pod('a', ready('True')));
    expect(told(CODE, other)[0]?.message).toContain(
      "Pod shop/a has no address of the Service's IP families",
    );
  });

  it('is a notice where the manifests ask for it', () => {
    const none = documents(service('web'), deployment('web', undefined, [], { replicas: 0 }));
    expect(told(CODE, none)).toMatchObject([
      {
        severity: 'notice',
        message:
          'nobody is there to answer, so requests get a 503: Deployment shop/web has 0 replicas',
      },
    ]);
  });

  it('is none with a ready Pod, a stand-in, or one that ends and still serves', () => {
    expect(told(CODE, documents(service('web'), pod('a', ready('True'))))).toEqual([]);
    expect(told(CODE, WEB)).toEqual([]);
    const ending = pod('a', ready('True'), { deletionTimestamp: '2026-01-01T00:00:00Z' });
    expect(told(CODE, documents(service('web'), ending))).toEqual([]);
    const willing = service('web', { publishNotReadyAddresses: true });
    expect(told(CODE, documents(willing, pod('a', ready('False'))))).toEqual([]);
  });

  it('may be one only at one of its ports', () => {
    const ports = [
      { name: 'web', port: 80, targetPort: 'http' },
      { name: 'api', port: 81, targetPort: 8080 },
    ];
    const container = {
      name: 'server',
      image: 'server',
      ports: [{ name: 'http', containerPort: 8080 }],
    };
    const named = { ...pod('b', ready('False', '10.0.0.2')), spec: { containers: [container] } };
    const text = documents(service('web', { ports }), pod('a', ready('True')), named);
    expect(told(CODE, text)).toMatchObject([
      {
        field: 'spec.ports[0]',
        message: 'nobody is ready to answer, so requests get a 503: Pod shop/b is not ready',
      },
    ]);
  });

  it('is said of those that have the port, where others lack it', () => {
    const named = service('web', { ports: [{ port: 80, targetPort: 'http' }] });
    const none = deployment('web', undefined, undefined, { replicas: 0 });
    expect(told(CODE, documents(named, none, pod('a', ready('True'))))).toMatchObject([
      {
        severity: 'notice',
        message: expect.stringMatching(/503: Deployment shop\/web has 0 replicas$/u),
      },
    ]);
  });

  it('is not said of a Service whose Pods lack the port, which is said of the port', () => {
    const named = service('web', { ports: [{ port: 80, targetPort: 'http' }] });
    expect(told(CODE, documents(named, pod('a', ready('True'))))).toEqual([]);
  });
});
