import { describe, expect, it } from 'vitest';

import { codesOf, deployment, documents, service, told, WEB } from '../../test/manifests.ts';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {tier: edge}
  ports:
  - port: 80
    targetPort: TARGET
`;

function to(target: string, ...selected: readonly object[]): string {
  return documents(SERVICE.replace('TARGET', target), ...selected);
}

function pods(name: string, ...ports: readonly object[]): object {
  return deployment(name, { app: name, tier: 'edge' }, ports);
}

const HTTP = { name: 'http', containerPort: 8080 };

describe('a named target port', () => {
  const CODE = 'NamedPortMissing';

  it('that no Pod has is found at the Service', () => {
    expect(told(CODE, to('htpp', pods('web', HTTP)))).toEqual([
      {
        at: 'targetPort: htpp',
        severity: 'error',
        field: 'spec.ports[0].targetPort',
        message: 'Deployment shop/web has no TCP port called htpp: requests get a 503',
        remedy: 'did you mean http?',
        related: [expect.stringMatching(/^"containers"/u)],
      },
    ]);
  });

  it('that some Pods have is a warning, which names the others', () => {
    const text = to('http', pods('a', HTTP), pods('b', { containerPort: 80 }), pods('c'));
    expect(told(CODE, text)).toMatchObject([
      {
        severity: 'warning',
        message:
          'Deployment shop/b and Deployment shop/c have no TCP port called http: requests pass them over',
        remedy: 'Deployment shop/b declares 80: give it that name, or send to its number',
      },
    ]);
  });

  it('has to be one of the same protocol', () => {
    const text = to('http', pods('web', { ...HTTP, protocol: 'UDP' }));
    expect(told(CODE, text)).toMatchObject([
      { remedy: 'Deployment shop/web declares 8080 (http, UDP)' },
    ]);
  });

  it('is said of the workload, and not of each Pod and ReplicaSet that it has', () => {
    const owned = (kind: string, of: string, more: object): object => ({
      ...pods('web'),
      kind,
      metadata: {
        name: `web-${kind.toLowerCase()}`,
        namespace: 'shop',
        labels: { tier: 'edge' },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: of, name: 'web', uid: 'a' }],
      },
      ...more,
    });
    const spec = { containers: [{ name: 'server', image: 'server' }] };
    const status = { podIP: '10.0.0.1' };
    const text = to(
      'http',
      pods('web'),
      owned('ReplicaSet', 'Deployment', {}),
      owned('Pod', 'Deployment', { apiVersion: 'v1', spec, status }),
    );
    expect(told(CODE, text)[0]?.message).toBe(
      'Deployment shop/web has no TCP port called http: requests get a 503',
    );
  });

  it('is a warning where endpoints are given by hand', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType: 'IPv4',
      ports: [{ port: 8080 }],
      endpoints: [{ addresses: ['10.0.0.1'] }],
    };
    expect(told(CODE, to('http', pods('web'), slice))).toMatchObject([
      {
        severity: 'warning',
        message: 'Deployment shop/web has no TCP port called http: requests pass it over',
      },
    ]);
  });

  it('that all Pods have is nothing to speak of, whatever its number', () => {
    const text = to('http', pods('a', HTTP), pods('b', { ...HTTP, containerPort: 9090 }));
    expect(codesOf(text)).toEqual([]);
  });
});

describe('a numeric target port', () => {
  const CODE = 'TargetPortNotDeclared';

  it('that no container declares, although it declares others, is a notice', () => {
    expect(told(CODE, to('7070', pods('web', HTTP)))).toEqual([
      {
        at: 'targetPort: 7070',
        severity: 'notice',
        field: 'spec.ports[0].targetPort',
        message: 'requests are sent to TCP port 7070, which Deployment shop/web does not declare',
        remedy: 'Deployment shop/web declares 8080 (http): see which one it listens at',
        related: [expect.stringMatching(/^"containers"/u)],
      },
    ]);
  });

  it('that is left out is the port itself', () => {
    const text = documents(service('web', { ports: [{ port: 80 }] }), deployment('web'));
    expect(told(CODE, text)).toMatchObject([
      { field: 'spec.ports[0].port', message: expect.stringContaining('TCP port 80') },
    ]);
  });

  it('that is declared, or where no port is, is nothing to speak of', () => {
    expect(codesOf(WEB)).toEqual([]);
    expect(codesOf(to('7070', pods('web')))).toEqual([]);
  });

  it('may be declared by a sidecar, not by an init container that ends', () => {
    const withInit = (restartPolicy?: string): string => {
      const container = { name: 'init', image: 'init', ports: [{ containerPort: 7070 }] };
      const template = {
        metadata: { labels: { tier: 'edge' } },
        spec: {
          initContainers: [{ ...container, ...(restartPolicy && { restartPolicy }) }],
          containers: [{ name: 'server', image: 'server', ports: [HTTP] }],
        },
      };
      const spec = { selector: { matchLabels: { tier: 'edge' } }, template };
      return to('7070', { ...deployment('web'), spec });
    };
    expect(told(CODE, withInit('Always'))).toEqual([]);
    expect(told(CODE, withInit())).toHaveLength(1);
  });
});
