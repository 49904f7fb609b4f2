import { describe, expect, it } from 'vitest';

import { deployment, documents, service, told, WEB } from '../../test/manifests.ts';

const CODE = 'LoadBalancerWithoutAddress';

const SERVICE = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: LoadBalancer
  MORE
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`;

function withField(field: string): string {
  return documents(
    SERVICE.replace('  MORE\n', field === '' ? '' : `  ${field}\n`),
    deployment('web'),
  );
}

describe('a load balancer without an address', () => {
  it('answers at its node ports only', () => {
    expect(told(CODE, withField(''))).toEqual([
      {
        at: 'type: LoadBalancer',
        severity: 'notice',
        field: 'spec.type',
        message:
          'no provider has given it an address: from outside it answers at its node ports only',
        remedy: 'copy status.loadBalancer from the cluster to serve its address too',
      },
    ]);
  });

  it.each([
    ['node', '', true],
    ['deno', '', true],
    ['bun', 'loadBalancerClass: portolan.dev/host', true],
    ['node', 'loadBalancerClass: example.com/other', false],
    ['workers', '', false],
  ] as const)(
    'may on %s with "%s" be given one by portolan serve: %s',
    (target, field, isGiven) => {
      const [finding] = told(CODE, withField(field), { target });
      expect(finding?.remedy?.includes('--load-balancer-address')).toBe(isGiven);
      expect(finding?.remedy).toContain('copy status.loadBalancer from the cluster');
    },
  );

  it('has not the one that it asks for either', () => {
    expect(told(CODE, withField('loadBalancerIP: 203.0.113.9'))).toMatchObject([
      {
        at: 'loadBalancerIP: 203.0.113.9',
        message: expect.stringContaining('no provider has given it the address 203.0.113.9'),
      },
    ]);
  });

  it('may have no node ports', () => {
    expect(told(CODE, withField('allocateLoadBalancerNodePorts: false'))).toMatchObject([
      { message: expect.stringContaining('from outside it is reached by routes only') },
    ]);
  });

  it('is none that has one, and no Service of another type', () => {
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } };
    const given = service('web', { type: 'LoadBalancer' }, { status });
    expect(told(CODE, documents(given, deployment('web')))).toEqual([]);
    expect(told(CODE, WEB)).toEqual([]);
    expect(told(CODE, documents(service('web', { type: 'NodePort' }), deployment('web')))).toEqual(
      [],
    );
  });
});
