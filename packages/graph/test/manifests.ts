import { compileWithStandIns, type CompileOptions } from '@portolan/compile';

import { graphOf, type Graph, type GraphNode, type GraphOptions } from '../src/index.ts';

/** The drawing of manifests, given one document after the other. */
export function draw(
  documents: readonly string[],
  { namespace, ...compile }: CompileOptions & Pick<GraphOptions, 'namespace'> = {},
): Graph {
  const subject = compileWithStandIns(documents.join('\n---\n'), compile);
  const errors = subject.compiled.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return graphOf(subject, { ...(namespace !== undefined && { namespace }) });
}

/** The node of an id. */
export function node(graph: Graph, id: string): GraphNode | undefined {
  return graph.nodes.find((each) => each.id === id);
}

/** Every edge in one line: `from > to: label status`. */
export function ways({ edges }: Graph): readonly string[] {
  return edges.map(({ from, to, label, status }) => `${from} > ${to}: ${label} ${status}`);
}

export function service(
  name: string,
  spec = `selector: { app: ${name} }, ports: [{ port: 80 }]`,
): string {
  return `{ apiVersion: v1, kind: Service, metadata: { name: ${name}, namespace: shop }, spec: { ${spec} } }`;
}

export function deployment(name: string, replicas = 1): string {
  const template = `metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: server, image: server }] }`;
  return `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: ${name}, namespace: shop }, spec: { replicas: ${replicas}, selector: { matchLabels: { app: ${name} } }, template: { ${template} } } }`;
}

/** A Pod of an app that a cluster reports: with an address, ready or not, and perhaps made by something. */
export function pod(name: string, app: string, ip: string, ready = true, owner = ''): string {
  const owners =
    owner === ''
      ? ''
      : `, ownerReferences: [{ apiVersion: v1, ${owner}, uid: u, controller: true }]`;
  return `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop, labels: { app: ${app}, pod-template-hash: 5d5d }${owners} }, spec: { containers: [{ name: server, image: server }] }, status: { podIP: ${ip}, phase: Running, conditions: [{ type: Ready, status: '${ready ? 'True' : 'False'}' }] } }`;
}

/** An Ingress with one path for each `[path, service, port]`, all for one host. */
export function ingress(
  name: string,
  host: string,
  paths: readonly (readonly [path: string, service: string, port?: number | string])[],
  more = '',
): string {
  const rules = paths.map(([path, to, port = 80]) => {
    const at = typeof port === 'number' ? `number: ${port}` : `name: ${port}`;
    return `{ path: ${path}, pathType: Prefix, backend: { service: { name: ${to}, port: { ${at} } } } }`;
  });
  return `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: ${name}, namespace: shop }, spec: { rules: [{ host: '${host}', http: { paths: [${rules.join(', ')}] } }]${more} } }`;
}
