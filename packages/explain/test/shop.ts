import { compile, type CompileOptions } from '@portolan/compile';
import type { Snapshot } from '@portolan/engine';

/** See `ingress`. */
const SHOP_RULES = `
/ storefront
/cart cart
/cart/exactly office Exact
/search search
/nobody nobody
/port cart Prefix 81
/names names
/zonal zonal
/sticky sticky
/secure secure
/grpc grpc
/payments payments Prefix 443
/secret secret Prefix 443
/same cart
`;

/**
 * The manifests that the tests of this package are about: a small shop on two nodes, with one Service for each thing that a
 * Service can be.
 */
const MANIFESTS = `
apiVersion: v1
kind: Node
metadata: { name: node-a, labels: { topology.kubernetes.io/zone: zone-a } }
status: { addresses: [{ type: InternalIP, address: 192.0.2.1 }] }
---
apiVersion: v1
kind: Node
metadata: { name: node-b, labels: { topology.kubernetes.io/zone: zone-b } }
status: { addresses: [{ type: InternalIP, address: 192.0.2.2 }] }
---
${pod('cart-0', 'cart', '10.0.0.1', 'node-a')}
${pod('cart-1', 'cart', '10.0.1.1', 'node-b')}
${pod('cart-2', 'cart', '10.0.1.2', 'node-b', 'False')}
${pod('search-0', 'search', '10.0.0.2', 'node-a', 'False')}
${pod('search-1', 'search', '10.0.1.3', 'node-b', 'False')}
${pod('zonal-0', 'zonal', '10.0.0.4', 'node-a')}
${pod('zonal-1', 'zonal', '10.0.1.4', 'node-b')}
${pod('office-0', 'office', '10.0.1.5', 'node-b')}
${service('cart', 'clusterIP: 10.96.0.10')}
${service('search')}
${service('nobody')}
${service('zonal', 'trafficDistribution: PreferSameZone')}
${service('sticky', 'sessionAffinity: ClientIP', 'cart')}
${service('secure', '', 'cart', 'appProtocol: https')}
${service('grpc', '', 'cart', 'appProtocol: kubernetes.io/h2c')}
${service('local', 'clusterIP: 10.96.0.11, internalTrafficPolicy: Local', 'office')}
${service('office', 'type: NodePort, externalTrafficPolicy: Local', 'office', 'nodePort: 30080')}
${service('open', 'type: NodePort', 'cart', 'nodePort: 30081')}
${service('partners', 'type: LoadBalancer, loadBalancerSourceRanges: [198.51.100.0/24]', 'cart', 'nodePort: 30082')}
status: { loadBalancer: { ingress: [{ ip: 203.0.113.10 }] } }
---
${service('names', '', 'cart', 'protocol: UDP')}
---
apiVersion: v1
kind: Service
metadata: { name: payments, namespace: shop }
spec: { type: ExternalName, externalName: payments.partner.example, ports: [{ port: 443, appProtocol: https }] }
---
apiVersion: v1
kind: Service
metadata: { name: secret, namespace: shop }
spec: { type: ExternalName, externalName: secret.partner.example, ports: [{ port: 443 }] }
---
${ingress('shop', '2024-01-01T00:00:00Z', SHOP_RULES.trim().split('\n'), 'shop.example')}
${ingress('younger', '2025-01-01T00:00:00Z', ['/same office', '/younger office', '/younger cart'], 'shop.example')}
${ingress('wild', '2025-01-01T00:00:00Z', ['/ cart'], '*.shop.example')}
`;

function pod(name: string, app: string, address: string, node: string, ready = 'True'): string {
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${app} } }
spec: { nodeName: ${node}, containers: [{ name: server, image: server }] }
status: { phase: Running, podIP: ${address}, conditions: [{ type: Ready, status: '${ready}' }] }
---`;
}

function service(name: string, spec = '', app = name, port = ''): string {
  return `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${app} }, ports: [{ port: 80, targetPort: 8080, ${port} }], ${spec} }`;
}

/** @param rules Path, Service, type of path (`Prefix`) and port (80), with blanks between them. */
function ingress(name: string, created: string, rules: readonly string[], host: string): string {
  const paths = rules.map((rule) => {
    const [path, to, type = 'Prefix', port = '80'] = rule.split(' ');
    return `{ path: ${path}, pathType: ${type}, backend: { service: { name: ${to}, port: { number: ${port} } } } }`;
  });
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop, creationTimestamp: '${created}' }
spec: { rules: [{ host: '${host}', http: { paths: [${paths.join(', ')}] } }] }
---`;
}

/** The shop, compiled; with more manifests where they are given. */
export function shop(options: CompileOptions = {}, more: string = ''): Snapshot {
  return compile(`${MANIFESTS}${more}`, { externalNames: ['payments.partner.example'], ...options })
    .snapshot;
}
