import type { NewObject, Store } from '@portolan/store';

type Fields = Readonly<Record<string, unknown>>;
type Parts = Partial<NewObject['metadata']>;

/** An object as the API would keep it, with a uid that follows from its name. */
export function object(
  apiVersion: string,
  kind: string,
  metadata: Parts & { readonly name: string },
  fields: Fields = {},
): NewObject {
  return {
    apiVersion,
    kind,
    metadata: {
      uid: `uid-of-${kind}-${metadata.name}`,
      creationTimestamp: '2026-11-23T12:00:00Z',
      ...metadata,
    },
    ...fields,
  };
}

export interface PodParts {
  readonly ready?: boolean;
  readonly ip?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly nodeName?: string;
  /** The number of its port `web`. */
  readonly port?: number;
  readonly metadata?: Parts;
}

/** A Pod of `app: cart` in the namespace `shop`. */
export function pod(name: string, parts: PodParts = {}): NewObject {
  const {
    ready = true,
    ip = '10.0.0.1',
    labels = { app: 'cart' },
    nodeName,
    port = 8080,
    metadata,
  } = parts;
  return object(
    'v1',
    'Pod',
    { name, namespace: 'shop', labels, ...metadata },
    {
      spec: {
        containers: [{ name: 'server', ports: [{ name: 'web', containerPort: port }] }],
        ...(nodeName !== undefined && { nodeName }),
      },
      status: {
        podIP: ip,
        podIPs: [{ ip }],
        conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      },
    },
  );
}

/** The Service `shop/cart`, which selects `app: cart`. */
export function service(name = 'cart', spec: Fields = {}, metadata: Parts = {}): NewObject {
  return object(
    'v1',
    'Service',
    { name, namespace: 'shop', ...metadata },
    {
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.96.0.10',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        selector: { app: 'cart' },
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
        ...spec,
      },
    },
  );
}

/** The Ingress `shop/shop`: all of it to the Service `cart`. */
export function ingress(name = 'shop', spec: Fields = {}, metadata: Parts = {}): NewObject {
  return object(
    'networking.k8s.io/v1',
    'Ingress',
    { name, namespace: 'shop', ...metadata },
    { spec: { defaultBackend: { service: { name: 'cart', port: { number: 80 } } }, ...spec } },
  );
}

export function put(store: Store, ...objects: readonly NewObject[]): void {
  store.commit(objects.map((each) => ({ put: each })));
}

export function remove(store: Store, resource: string, name: string, namespace = 'shop'): void {
  store.commit([{ delete: { resource, namespace, name } }]);
}
