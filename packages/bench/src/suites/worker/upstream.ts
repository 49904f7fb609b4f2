import { compile, type Compiled } from '@portolan/compile';

/** Where the requests for a path, and all below it, go. */
export interface Upstream {
  readonly path: string;
  readonly host: string;
}

/** The path that is asked for is in the middle: who looks through all of them finds it after half. */
export function upstreamsOf(count: number): readonly Upstream[] {
  return Array.from({ length: count }, (_, index) => ({
    path: index === Math.floor(count / 2) ? '/cart' : `/service-${index}`,
    host: `origin-${index}.example`,
  }));
}

/** The same as an Ingress, with a Service of its own for each path, whose endpoint has a name: that is what `fetch` on Cloudflare takes. */
export function snapshotOf(upstreams: readonly Upstream[]): Compiled['snapshot'] {
  const services = upstreams.flatMap(({ host }, index) => {
    const name = `service-${index}`;
    return [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name },
        spec: { ports: [{ port: 80 }] },
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name, labels: { 'kubernetes.io/service-name': name } },
        addressType: 'FQDN',
        endpoints: [{ addresses: [host] }],
        ports: [{ name: '', port: 80 }],
      },
    ];
  });
  const paths = upstreams.map(({ path }, index) => ({
    path,
    pathType: 'Prefix',
    backend: { service: { name: `service-${index}`, port: { number: 80 } } },
  }));
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop' },
    spec: { rules: [{ host: 'shop.example', http: { paths } }] },
  };
  return compile([...services, ingress].map((object) => JSON.stringify(object)).join('\n---\n'))
    .snapshot;
}
