import { edgeText } from '../describe/describe.ts';
import type { GraphNode } from '../graph/graph.ts';
import type { PlacedEdge } from '../layout/layout.ts';
import { svg, type Markup } from './markup.ts';

const HEAD = 7;

/** A curve that leaves and arrives level, with a head at its end. */
export function drawEdge(
  { edge, from, to }: PlacedEdge,
  nodes: ReadonlyMap<string, GraphNode>,
): Markup {
  const classes = `${edge.status}${edge.lit ? ' lit' : ''}`;
  const end = to.x - HEAD;
  // A curve that has far to go up or down may swing out further.
  const swing = Math.max(40, Math.abs(end - from.x) / 2);
  const curve = `M${from.x} ${from.y}C${from.x + swing} ${from.y} ${end - swing} ${to.y} ${end} ${to.y}`;
  const [start, arrival] = [nodes.get(edge.from), nodes.get(edge.to)];
  return svg`<g>${start && arrival ? svg`<title>${edgeText(edge, start, arrival)}</title>` : undefined}
<path class="edge ${classes}" d="${curve}"/>
<circle class="dot ${classes}" cx="${from.x}" cy="${from.y}" r="3"/>
<path class="head ${classes}" d="M${end - 1} ${to.y - 4}L${to.x} ${to.y}L${end - 1} ${to.y + 4}z"/></g>`;
}
