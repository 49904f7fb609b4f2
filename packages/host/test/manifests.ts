import type { Resource } from '@portolan/core';
import { parseManifests } from '@portolan/manifests';

/** The objects of a text; one that is faulty throws. */
export function resources(text: string): readonly Resource[] {
  const { manifests, diagnostics } = parseManifests([{ name: 'test', text }]);
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw new Error(fault.message);
  return manifests.map(({ resource }) => resource);
}

/** A Pod of the Service `shop/cart` that is ready at an address, port 8080. */
export function pod(name: string, address: string, nodeName: string = 'elsewhere'): string {
  return `---
apiVersion: v1
kind: Pod
metadata: { namespace: shop, name: ${name}, labels: { app: cart } }
spec: { nodeName: ${nodeName}, containers: [{ name: server, image: cart }] }
status:
  podIP: ${address}
  podIPs: [{ ip: ${address} }]
  conditions: [{ type: Ready, status: 'True' }]
`;
}

/** The Service `shop/cart`, with more of a spec in YAML's flow style. */
export function service(spec: string, ports: string = '{ port: 80, targetPort: 8080 }'): string {
  return `---
apiVersion: v1
kind: Service
metadata: { namespace: shop, name: cart }
spec: { selector: { app: cart }, ports: [${ports}], ${spec} }
`;
}

/** An Ingress that sends hosts to the Service `shop/cart`. */
export function ingress(hosts: readonly string[], tls: string = '[]'): string {
  const rules = hosts.map(
    (host) =>
      `{ host: '${host}', http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: cart, port: { number: 80 } } } }] } }`,
  );
  return `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { namespace: shop, name: web }
spec: { tls: ${tls}, rules: [${rules.join(', ')}] }
`;
}

/** A Secret of type kubernetes.io/tls. */
export function secret(name: string, { cert, key }: { cert: string; key: string }): string {
  return `---
apiVersion: v1
kind: Secret
metadata: { namespace: shop, name: ${name} }
type: kubernetes.io/tls
data: { tls.crt: ${btoa(cert)}, tls.key: ${btoa(key)} }
`;
}
