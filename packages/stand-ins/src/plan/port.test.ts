import type { Pod, PodSpec, Service, ServiceSpec } from '@portolan/core';
import { describe, expect, it } from 'vitest';

import { portsOf, selectingPorts } from './port.ts';

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
    expect(portsOf(web, selectingPorts([]))).toEqual([443, 8080]);
  });

  it('are those of sidecars, not of other init containers', () => {
    const web = pod({
      containers: [{ name: 'web', ports: [{ containerPort: 80 }] }],
      initContainers: [
        { name: 'sidecar', restartPolicy: 'Always', ports: [{ containerPort: 15001 }] },
        { name: 'migrate', ports: [{ containerPort: 9999 }] },
      ],
    });
    expect(portsOf(web, selectingPorts([]))).toEqual([80, 15001]);
  });

  it('are also those that Services which select the Pod send to', () => {
    const selecting = selectingPorts(
      services(
        { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
        { selector: { app: 'web' }, ports: [{ port: 9000 }] },
        { selector: { app: 'web' }, ports: [{ port: 81, targetPort: 0 }] },
        { selector: { app: 'web' }, ports: [{ port: 82, targetPort: '' }] },
      ),
    );
    expect(portsOf(pod({ containers: [] }), selecting)).toEqual([81, 82, 8080, 9000]);
  });

  it('are not names that the Pod lacks, ports over UDP, or those of Services that select other Pods', () => {
    const ports = [{ port: 80 }];
    const selecting = selectingPorts(
      services(
        { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
        { selector: { app: 'web' }, ports: [{ port: 53, protocol: 'UDP' }] },
        { selector: { app: 'web', tier: 'front' }, ports },
        { selector: { app: 'db' }, ports },
        { selector: {}, ports },
        { ports },
      ),
    );
    expect(portsOf(pod({ containers: [] }), selecting)).toEqual([]);
  });

  it('are not those of Services of another namespace', () => {
    const selecting = selectingPorts(services({ selector: { app: 'web' }, ports: [{ port: 80 }] }));
    const web = pod({ containers: [] });
    expect(portsOf(web, selecting)).toEqual([80]);
    const elsewhere = { ...web, metadata: { ...web.metadata, namespace: 'elsewhere' } };
    expect(portsOf(elsewhere, selecting)).toEqual([]);
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

function services(...specs: readonly ServiceSpec[]): readonly Service[] {
  return specs.map((spec, index) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `service-${index}`, namespace: 'default' },
    spec,
  }));
}
