import type { Pod, PodSpec, Service, ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { portsOf, selectingServices } from './port.ts';

describe('portsOf', () => {
  it('are the TCP ports of the containers, ascending and each once', () => {
    const web = pod({
      containers: [
        {
          name: 'a',
          ports: [
            { containerPort: 8080, name: 'http' },
            { containerPort: 53, protocol: 'UDP' },
          ],
        },
        { name: 'b', ports: [{ containerPort: 443, protocol: 'TCP' }, { containerPort: 8080 }] },
        { name: 'c' },
      ],
    });
    expect(portsOf(web, [])).toEqual([443, 8080]);
  });

  it('are those of sidecars, not of other init containers', () => {
    const web = pod({
      containers: [{ name: 'web', ports: [{ containerPort: 80 }] }],
      initContainers: [
        { name: 'sidecar', restartPolicy: 'Always', ports: [{ containerPort: 15001 }] },
        { name: 'migrate', ports: [{ containerPort: 9999 }] },
      ],
    });
    expect(portsOf(web, [])).toEqual([80, 15001]);
  });

  it('are also those that Services which select the Pod send to', () => {
    const services = [
      service({ selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] }),
      service({ selector: { app: 'web' }, ports: [{ port: 9000 }] }),
      service({ selector: { app: 'web' }, ports: [{ port: 81, targetPort: 0 }] }),
      service({ selector: { app: 'web' }, ports: [{ port: 82, targetPort: '' }] }),
    ];
    expect(portsOf(pod({ containers: [] }), selectingServices(services))).toEqual([
      81, 82, 8080, 9000,
    ]);
  });

  it('are not names that the Pod lacks, ports over UDP, or those of Services that select other Pods', () => {
    const ports = [{ port: 80 }];
    const services = [
      service({ selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] }),
      service({ selector: { app: 'web' }, ports: [{ port: 53, protocol: 'UDP' }] }),
      service({ selector: { app: 'web', tier: 'front' }, ports }),
      service({ selector: { app: 'db' }, ports }),
      service({ selector: {}, ports }),
      service({ ports }),
      service({ selector: { app: 'web' }, ports }, 'elsewhere'),
    ];
    expect(portsOf(pod({ containers: [] }), selectingServices(services))).toEqual([]);
  });
});

function pod(spec: PodSpec): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
    spec,
  };
}

function service(spec: ServiceSpec, namespace = 'default'): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec };
}
