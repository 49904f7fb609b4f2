import { compile } from '@portolan/compile';
import { describe, expect, it } from 'vitest';

import { healthCheckResponse, healthChecksAt } from './health-check.ts';

const pod = (name: string, node: string, status: string, ips: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: cart } }
spec: { nodeName: ${node}, containers: [{ name: c, image: c }] }
status: { podIP: 10.0.0.1, podIPs: [${ips}], conditions: [{ type: Ready, status: '${status}' }] }
`;

const { snapshot } = compile(`
apiVersion: v1
kind: Node
metadata: { name: here }
status: { addresses: [{ type: InternalIP, address: 192.0.2.1 }, { type: InternalIP, address: '2001:db8::1' }] }
---
apiVersion: v1
kind: Node
metadata: { name: there }
status: { addresses: [{ type: InternalIP, address: 192.0.2.2 }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 32000
  selector: { app: cart }
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, IPv6]
  ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: 8081 }]
---
apiVersion: v1
kind: Service
metadata: { name: plain }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 32001
  selector: { app: cart }
  ports: [{ port: 80 }]
${pod('one', 'here', 'True', '{ ip: 10.0.0.1 }, { ip: "fd00::1" }')}
${pod('two', 'here', 'True', '{ ip: 10.0.0.2 }, { ip: "fd00::2" }').replace('podIP: 10.0.0.1', 'podIP: 10.0.0.2')}
${pod('four', 'here', 'True', '{ ip: 10.0.0.4 }').replace('podIP: 10.0.0.1', 'podIP: 10.0.0.4')}
${pod('three', 'here', 'False', '{ ip: 10.0.0.3 }').replace('podIP: 10.0.0.1', 'podIP: 10.0.0.3')}
`);

async function told(address: string, isDraining = false): Promise<readonly unknown[]> {
  const at = { service: 'default/cart', address } as const;
  const response = healthCheckResponse(snapshot, at, isDraining);
  const weight = response.headers.get('x-load-balancing-endpoint-weight');
  return [response.status, weight, await response.json()];
}

const service = { namespace: 'default', name: 'cart' };

describe('a health check node port', () => {
  it('is at each address that a Node has, of the IP families of its Service', () => {
    const cart = { service: 'default/cart', port: 32000 };
    const plain = { service: 'default/plain', port: 32001 };
    expect(healthChecksAt(snapshot, ['192.0.2.1', '2001:db8::1', '192.0.2.9'])).toEqual([
      { ...cart, address: '192.0.2.1' },
      { ...cart, address: '2001:db8::1' },
      { ...plain, address: '192.0.2.1' },
    ]);
  });

  it('counts each ready Pod of the node once, of the IP family that is asked', async () => {
    expect(await told('192.0.2.1')).toEqual([
      200,
      '3',
      { service, localEndpoints: 3, serviceProxyHealthy: true },
    ]);
    expect(await told('2001:db8::1')).toEqual([
      200,
      '2',
      { service, localEndpoints: 2, serviceProxyHealthy: true },
    ]);
  });

  it('speaks as kube-proxy does, to the byte', async () => {
    const at = { service: 'default/cart', address: '192.0.2.1' } as const;
    const response = healthCheckResponse(snapshot, at, false);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'x-load-balancing-endpoint-weight': '3',
    });
    expect(await response.text()).toBe(
      [
        '{',
        '\t"service": {',
        '\t\t"namespace": "default",',
        '\t\t"name": "cart"',
        '\t},',
        '\t"localEndpoints": 3,',
        '\t"serviceProxyHealthy": true',
        '}',
      ].join('\n'),
    );
  });

  it('is 503 where the node has none', async () => {
    expect(await told('192.0.2.2')).toEqual([
      503,
      '0',
      { service, localEndpoints: 0, serviceProxyHealthy: true },
    ]);
  });

  it('is 503 while the host drains', async () => {
    expect(await told('192.0.2.1', true)).toEqual([
      503,
      '3',
      { service, localEndpoints: 3, serviceProxyHealthy: false },
    ]);
  });
});
