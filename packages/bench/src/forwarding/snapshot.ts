import { compile, type Compiled } from '@portolan/compile';

/** An Ingress for `shop.example`, whose Service has one endpoint on this machine. */
export function snapshotFor(origin: number): Compiled['snapshot'] {
  return compile(
    manifests(origin)
      .map((object) => JSON.stringify(object))
      .join('\n---\n'),
  ).snapshot;
}

function manifests(port: number): readonly object[] {
  const service = { name: 'cart', port: { number: 80 } };
  const paths = [{ path: '/cart', pathType: 'Prefix', backend: { service } }];
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cart' },
      spec: { ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'cart', labels: { 'kubernetes.io/service-name': 'cart' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['127.0.0.1'] }],
      ports: [{ name: '', port }],
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'shop' },
      spec: { rules: [{ host: 'shop.example', http: { paths } }] },
    },
  ];
}
