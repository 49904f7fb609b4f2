/** How many objects there are of each kind. */
export interface Sizes {
  readonly rules: number;
  readonly services: number;
  readonly pods: number;
}

/** 10,000 objects and rules. */
export const TEN_THOUSAND: Sizes = { rules: 2000, services: 3000, pods: 5000 };

const PATHS = 10;

/**
 * Manifests of many objects, in JSON, which is YAML: Ingresses `web-0`, … with ten rules each, of hosts `h0.example`, …; each
 * rule for a Service of its own, `s0`, …; Pods `p0`, … that go round the Services. All are in namespace `many`.
 */
export function manyManifests({ rules, services, pods }: Sizes): string {
  const ingresses = count(rules / PATHS).map((index) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: `web-${index}`, namespace: 'many' },
    spec: {
      rules: [
        {
          host: `h${index}.example`,
          http: {
            paths: count(PATHS).map((path) => ({
              path: `/p${path}`,
              pathType: 'Prefix',
              backend: {
                service: { name: `s${(index * PATHS + path) % services}`, port: { number: 80 } },
              },
            })),
          },
        },
      ],
    },
  }));
  const all = [
    ...ingresses,
    ...count(services).map((index) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `s${index}`, namespace: 'many' },
      spec: { selector: { app: `a${index}` }, ports: [{ port: 80, targetPort: 8080 }] },
    })),
    ...count(pods).map((index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `p${index}`,
        namespace: 'many',
        labels: { app: `a${index % services}` },
      },
      spec: { containers: [{ name: 'server', image: 'server' }] },
    })),
  ];
  return all.map((object) => JSON.stringify(object, undefined, 2)).join('\n---\n');
}

function count(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
