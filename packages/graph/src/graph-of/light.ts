import type { DecidedRoute, Decision, ForwardDecision } from '@portolan/engine';

import type { Graph, GraphEdge, GraphNode } from '../graph/graph.ts';
import type { Lead } from './answerers.ts';
import { frontendId, serviceId } from './ids.ts';

/** Ids of the nodes and edges that a request comes along. */
type Way = ReadonlySet<string>;

/**
 * The way of a request: from the rule that took it, or the address that was knocked at, to its Service and on to the
 * endpoint that was picked. Of a route alone everything that it may lead to.
 */
export function wayOf(
  { nodes, edges }: Graph,
  leads: readonly Lead[],
  request: DecidedRoute | Decision,
): Way {
  const decision = 'outcome' in request ? request : undefined;
  const route = 'outcome' in request ? request.route : request;
  const frontend = decision?.trace?.frontend;
  const starts = new Set(
    nodes
      .filter(
        (node) =>
          (frontend !== undefined && node.id === frontendId(frontend)) ||
          (route !== undefined && isRule(node, route)),
      )
      .map(({ id }) => id),
  );

  const service = decision && 'service' in decision ? decision.service : undefined;
  const to = service && serviceId(`${service.namespace}/${service.name}`);
  const arriving = edges.filter(
    (edge) => starts.has(edge.from) && (decision === undefined || edge.to === to),
  );
  const asked = new Set(arriving.map((edge) => `${edge.to} ${edge.port ?? ''}`));
  const answering =
    decision?.outcome === 'forward'
      ? leads.filter((lead) => leadsTo(lead, decision)).map(({ edge }) => edge)
      : edges.filter(
          (edge) => decision === undefined && asked.has(`${edge.from} ${edge.port ?? ''}`),
        );
  const ways = [...arriving, ...answering];
  return new Set([
    ...starts,
    ...(to === undefined ? [] : [to]),
    ...ways.flatMap(({ id, from, to: end }) => [id, from, end]),
    ...ways.flatMap((edge) => (edge.port === undefined ? [] : [portOn(edge)])),
  ]);
}

/** The port of a Service, at whichever end of the edge that is. */
function portOn({ from, to, port }: GraphEdge): string {
  return `${from.startsWith('service:') ? from : to} ${port ?? ''}`;
}

function isRule(node: GraphNode, route: DecidedRoute): boolean {
  if (node.kind !== 'Rule' || node.status === 'shadowed') return false;
  const { source, field, path } = node;
  return (
    source.kind === route.kind &&
    source.namespace === route.namespace &&
    source.name === route.name &&
    field === route.rule &&
    path === route.path
  );
}

function leadsTo({ edge, endpoints }: Lead, { service, endpoint }: ForwardDecision): boolean {
  return (
    edge.from === serviceId(`${service.namespace}/${service.name}`) &&
    edge.port?.endsWith(` ${service.port}`) === true &&
    endpoints.some(({ address, port }) => address === endpoint.address && port === endpoint.port)
  );
}

/** The drawing with everything on the way marked. */
export function withLight({ nodes, edges }: Graph, way: Way): Graph {
  return {
    nodes: nodes.map((node): GraphNode => {
      if (!way.has(node.id)) return node;
      if (node.kind !== 'Service') return { ...node, lit: true };
      const ports = node.ports.map((port) =>
        way.has(`${node.id} ${port.id}`) ? { ...port, lit: true as const } : port,
      );
      return { ...node, ports, lit: true };
    }),
    edges: edges.map((edge) => (way.has(edge.id) ? { ...edge, lit: true } : edge)),
  };
}
