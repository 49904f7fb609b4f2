import type { CompiledWithStandIns } from '@portolan/compile';
import { compareText, objectKey } from '@portolan/core';
import type { DecidedRoute, Decision } from '@portolan/engine';

import type { Graph, GraphEdge, GraphNode, GraphPort, ServiceNode } from '../graph/graph.ts';
import { ownersOf } from '../owner/owner.ts';
import { drawAnswerers, leadsOf } from './answerers.ts';
import type { DrawnBackend } from './backends.ts';
import { aliasesOf } from './endpoints.ts';
import { drawFrontends } from './frontends.ts';
import { missingPortId } from './ids.ts';
import { wayOf, withLight } from './light.ts';
import { drawRules } from './rules.ts';
import { serviceDrawer } from './services.ts';

export interface GraphOptions {
  /** Draw this namespace alone. */
  readonly namespace?: string;
  /** What was decided about a request, or the rule that took it: its way is marked as `lit`. */
  readonly request?: DecidedRoute | Decision;
}

/**
 * Draws who is reached through whom: rules and outside addresses, Services, and the Pods and other endpoints that answer
 * for them. What no Service leads to isn't drawn, nor are rules that take no request because they are faulty.
 *
 * A frontend that was knocked at is only known, and lit, where the Decision was made with a trace.
 */
export function graphOf(subject: CompiledWithStandIns, options: GraphOptions = {}): Graph {
  const { snapshot, services } = subject.compiled;
  const isDrawn = (namespace: string): boolean =>
    options.namespace === undefined || options.namespace === namespace;

  const rules = drawRules(snapshot).filter(({ node }) => isDrawn(node.namespace));
  const backends = rules.flatMap((rule) => rule.backends);
  const missingPorts = missingPortsOf(backends);

  const aliases = aliasesOf(subject.compiled);
  const ownerOf = ownersOf(subject);
  const draw = serviceDrawer(subject);
  const drawn = services
    .filter(({ metadata }) => isDrawn(metadata.namespace ?? 'default'))
    .map((service) => ({ service, ...draw(service) }));
  const leads = drawn.flatMap((each) => leadsOf(each.service, each, aliases, ownerOf));

  const nodes = new Map(drawn.map(({ service, node }) => [objectKey(service), node]));
  const frontends = drawFrontends(snapshot, nodes);
  const drawnNodes = distinct<GraphNode>([
    ...rules.map(({ node }) => node),
    ...frontends.map(({ node }) => node),
    ...backends.flatMap(({ missing }) => missing ?? []),
    ...[...nodes.values()].map((node) => withMissingPorts(node, missingPorts)),
    ...drawAnswerers(leads, subject.standIns),
  ]);
  const ids = new Set(drawnNodes.map(({ id }) => id));
  const edges = distinct<GraphEdge>([
    ...backends.map(({ edge }) => edge),
    ...frontends.map(({ edge }) => edge),
    ...leads.map(({ edge }) => edge),
  ]);
  const graph = { nodes: drawnNodes, edges: edges.filter(({ to }) => ids.has(to)) };
  if (options.request === undefined) return graph;
  return withLight(graph, wayOf(graph, leads, options.request));
}

/** By id; of those that share one, which are alike, the last. */
function distinct<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()].toSorted((a, b) =>
    compareText(a.id, b.id),
  );
}

type MissingPorts = ReadonlyMap<string, ReadonlyMap<string, GraphPort>>;

/** By the Service's id, then by their own. */
function missingPortsOf(backends: readonly DrawnBackend[]): MissingPorts {
  const missing = new Map<string, Map<string, GraphPort>>();
  for (const { missingPort, edge } of backends) {
    if (missingPort === undefined) continue;
    const { service, port } = missingPort;
    const id = missingPortId(port);
    const ports = missing.get(service) ?? new Map<string, GraphPort>();
    missing.set(service, ports);
    ports.set(id, {
      id,
      name: typeof port === 'string' ? port : '',
      ...(typeof port === 'number' && { port }),
      targetPorts: [],
      status: 'missing',
      ...(edge.reason !== undefined && { reason: edge.reason }),
    });
  }
  return missing;
}

function withMissingPorts(node: ServiceNode, missing: MissingPorts): ServiceNode {
  const ports = missing.get(node.id);
  if (ports === undefined) return node;
  const sorted = [...ports.values()].toSorted((a, b) => compareText(a.id, b.id));
  return { ...node, ports: [...node.ports, ...sorted] };
}
