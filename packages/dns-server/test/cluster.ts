import { compile } from '@portolan/compile';
import type { Snapshot } from '@portolan/engine';

const service = (name: string, spec: string): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
---`;

const headless = (name: string, addresses: readonly string[]): string => `
${service(name, '{ clusterIP: None, ports: [{ name: http, port: 80 }] }')}
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${name}-1, namespace: shop, labels: { kubernetes.io/service-name: ${name} } }
addressType: IPv4
endpoints: [${addresses.map((address) => `{ addresses: [${address}] }`).join(', ')}]
ports: [{ name: http, port: 8080 }]
---`;

/** Addresses of a headless Service that has too many for a datagram. */
export const MANY: readonly string[] = Array.from({ length: 150 }, (_, index) => `10.1.0.${index}`);

const MANIFESTS = `
${service(
  'cart',
  '{ clusterIP: 10.96.0.10, clusterIPs: [10.96.0.10, "2001:db8::10"], ipFamilyPolicy: RequireDualStack, ports: [{ name: http, port: 80 }] }',
)}
${service('outside', '{ type: ExternalName, externalName: www.example.com }')}
${service('near', '{ type: ExternalName, externalName: cart.shop.svc.cluster.local }')}
${service('untellable', `{ type: ExternalName, externalName: ${'x'.repeat(64)}.example.com }`)}
${headless('many', MANY)}
${headless('few', MANY.slice(0, 6))}
${headless('home', ['127.0.0.1'])}
`;

/** A shop, with a Service of each kind that DNS tells apart. */
export function cluster(): Snapshot {
  return compile(MANIFESTS).snapshot;
}
