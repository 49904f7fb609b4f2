import { describe, expect, it } from 'vitest';

import type { Service, ServiceSpec } from '../resources/service.ts';
import { applyCommonDefaults } from './common-defaults.ts';

function filled(spec: ServiceSpec): ServiceSpec {
  const service: Service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec };
  return applyCommonDefaults(service).spec;
}

describe('a Service', () => {
  it('is of type ClusterIP by default', () => {
    expect(filled({}).type).toBe('ClusterIP');
    expect(filled({ type: '' }).type).toBe('ClusterIP');
    expect(filled({ type: 'NodePort' }).type).toBe('NodePort');
  });

  it('has no session affinity by default, and then no configuration of one', () => {
    expect(filled({}).sessionAffinity).toBe('None');
    expect(
      filled({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 5 } } }),
    ).not.toHaveProperty('sessionAffinityConfig');
  });

  it('keeps a client for 10800 seconds by default where its address counts', () => {
    expect(filled({ sessionAffinity: 'ClientIP' }).sessionAffinityConfig).toEqual({
      clientIP: { timeoutSeconds: 10800 },
    });
    const own = { clientIP: { timeoutSeconds: 5 } };
    expect(
      filled({ sessionAffinity: 'ClientIP', sessionAffinityConfig: own }).sessionAffinityConfig,
    ).toEqual(own);
  });

  it('has ports that carry TCP to a target port of the same number by default', () => {
    expect(filled({ ports: [{ port: 80 }] }).ports).toEqual([
      { port: 80, protocol: 'TCP', targetPort: 80 },
    ]);
    expect(filled({ ports: [{ port: 80, targetPort: 0 }] }).ports?.[0]?.targetPort).toBe(80);
    expect(filled({ ports: [{ port: 80, targetPort: '' }] }).ports?.[0]?.targetPort).toBe(80);
    const given = { port: 53, protocol: 'UDP', targetPort: 'dns' } as const;
    expect(filled({ ports: [given] }).ports).toEqual([given]);
  });
});
