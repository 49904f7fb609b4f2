/** A Kubernetes object as it would stand in a manifest. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

type Fields = Readonly<Record<string, unknown>>;

/** Objects as one manifest. JSON is YAML. */
export function manifest(
  ...objects: readonly (KubernetesObject | readonly KubernetesObject[])[]
): string {
  return objects
    .flat()
    .map((object) => JSON.stringify(object))
    .join('\n---\n');
}

/** A Service of port 80 that selects the Pods labelled with its name, unless `spec` says otherwise. */
export function service(name: string, spec: Fields = {}, metadata: Fields = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...metadata },
    spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
  };
}

/** What of a Pod a test cares about. */
export interface PodFields {
  readonly ip: string;
  /** Ports of its one container, as in `spec.containers[].ports`. */
  readonly ports?: readonly Fields[];
  /** The Pod's `Ready` condition. */
  readonly ready?: boolean;
  readonly metadata?: Fields;
  readonly spec?: Fields;
}

/** A Pod, ready unless said otherwise, with the label `app`. */
export function pod(
  name: string,
  app: string,
  { ip, ports = [], ready = true, metadata = {}, spec = {} }: PodFields,
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app }, ...metadata },
    spec: { containers: [{ name: 'server', image: 'echo', ports }], ...spec },
    status: { podIP: ip, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

/** Services of port 80, each with one ready Pod. */
export function backends(...names: readonly string[]): readonly KubernetesObject[] {
  return names.flatMap((name, index) => [
    service(name),
    pod(`${name}-1`, name, { ip: `10.244.0.${index + 1}` }),
  ]);
}

export function node(
  name: string,
  address: string,
  labels: Readonly<Record<string, string>> = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    status: { addresses: [{ type: 'InternalIP', address }] },
  };
}

export function ingress(spec: Fields, metadata: Fields = {}): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', ...metadata },
    spec,
  };
}

export function ingressClass(name: string, spec: Fields, metadata: Fields = {}): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name, ...metadata },
    spec,
  };
}

/** A backend of an Ingress: a Service, at its port 80 unless said otherwise. */
export function to(name: string, port: number | string = 80): Fields {
  return { service: { name, port: typeof port === 'number' ? { number: port } : { name: port } } };
}

/** A path of an Ingress. */
export function path(pathType: string, value: string, backend: Fields): Fields {
  return { path: value, pathType, backend };
}

/** A rule of an Ingress; without a host where it is `undefined`. */
export function rule(host: string | undefined, ...paths: readonly Fields[]): Fields {
  return { ...(host !== undefined && { host }), http: { paths } };
}
