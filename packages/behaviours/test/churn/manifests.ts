import type { Pod } from './pod.ts';

/** A Service of the given Pods behind an Ingress. Their ports differ, so each Pod has an EndpointSlice of its own. */
export function manifestsOf(
  pods: readonly Pod[],
  annotations: Readonly<Record<string, string>>,
): string {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop', annotations },
    spec: { ports: [{ name: 'http', port: 80 }] },
  };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop' },
    spec: { defaultBackend: { service: { name: 'shop', port: { number: 80 } } } },
  };
  const slices = pods.map(({ name, port }) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, labels: { 'kubernetes.io/service-name': 'shop' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
    ports: [{ name: 'http', port }],
  }));
  return [service, ingress, ...slices].map((each) => JSON.stringify(each)).join('\n---\n');
}
