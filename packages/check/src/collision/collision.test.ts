import { describe, expect, it } from 'vitest';

import { deployment, documents, service, told } from '../../test/manifests.ts';

const PODS = deployment('web');

const NODE_PORT = `
apiVersion: v1
kind: Service
metadata: {name: later, namespace: shop}
spec:
  type: NodePort
  selector: {app: web}
  ports:
  - port: 80
    nodePort: 30080
`;

const EXTERNAL = `
apiVersion: v1
kind: Service
metadata: {name: later, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
  externalIPs:
  - 203.0.113.1
  - 203.0.113.9
`;

function named(name: string, spec: object): object {
  return service(name, { selector: { app: 'web' }, ...spec });
}

describe('a node port that another Service has', () => {
  it('is found with the place where that one names it', () => {
    const ports = [{ port: 80, targetPort: 8080, nodePort: 30080 }];
    const early = named('early', { type: 'NodePort', ports });
    expect(told('Invalid', documents(early, NODE_PORT, PODS))).toEqual([
      {
        at: 'nodePort: 30080',
        severity: 'error',
        field: 'spec.ports[0].nodePort',
        message: 'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
        related: [expect.stringMatching(/^"nodePort":30080/u)],
      },
    ]);
  });

  it('is no matter where each has its own', () => {
    const ports = [{ port: 80, targetPort: 8080, nodePort: 30081 }];
    const text = documents(named('early', { type: 'NodePort', ports }), NODE_PORT, PODS);
    expect(told('Invalid', text)).toEqual([]);
  });
});

describe('a cluster IP that another Service has', () => {
  it('is found with the place where that one names it', () => {
    const text = documents(
      named('early', { clusterIP: '10.96.0.9' }),
      named('later', { clusterIP: '10.96.0.9' }),
      PODS,
    );
    expect(told('Invalid', text)).toMatchObject([
      { field: 'spec.clusterIPs', related: [expect.stringMatching(/^"clusterIP":"10.96.0.9"/u)] },
    ]);
  });
});

describe('an address outside that another Service has', () => {
  const early = (spec: object, more: object = {}): object => ({
    ...named('early', spec),
    ...more,
  });

  it('is found at the field that names it', () => {
    const text = documents(early({ externalIPs: ['203.0.113.9'] }), EXTERNAL, PODS);
    expect(told('PortUnavailable', text)).toEqual([
      {
        at: '203.0.113.9',
        severity: 'warning',
        field: 'spec.externalIPs[1]',
        message:
          'Service shop/early has 203.0.113.9 for TCP 80: requests there never come to this Service',
        remedy: 'give one of the two another address or port',
        related: [expect.stringMatching(/^"203\.0\.113\.9"/u)],
      },
    ]);
  });

  it('may be one that a provider gave', () => {
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } };
    const spec = { type: 'LoadBalancer' };
    const text = documents(early(spec, { status }), { ...named('later', spec), status }, PODS);
    expect(told('PortUnavailable', text)).toMatchObject([
      { field: 'status.loadBalancer.ingress[0]' },
    ]);
  });

  it('is shared in peace where the ports differ', () => {
    const ports = [{ port: 81, targetPort: 8080 }];
    const text = documents(early({ externalIPs: ['203.0.113.9'], ports }), EXTERNAL, PODS);
    expect(told('PortUnavailable', text)).toEqual([]);
  });
});
