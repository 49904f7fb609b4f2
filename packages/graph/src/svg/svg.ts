import { nodeText, STATUS_WORDS } from '../describe/describe.ts';
import type { Graph, GraphNode, GraphStatus } from '../graph/graph.ts';
import { layOut, type Band, type Layout } from '../layout/layout.ts';
import { fitText, textWidth } from '../layout/measure.ts';
import {
  BAND_PADDING,
  COLUMN_HEADING,
  LEGEND,
  MARGIN,
  SUBTITLE,
  TITLE,
} from '../layout/metrics.ts';
import { drawCard } from './card.ts';
import { drawEdge } from './edge.ts';
import { mark } from './glyphs.ts';
import { raw, svg, type Markup } from './markup.ts';
import { styleSheet } from './style.ts';

export interface SVGOptions {
  /** What the drawing is called, for those who don't see it; `Ingress, Services and Pods` by default. */
  readonly title?: string;
}

const SCOPE = 'portolan-graph';
const NARROWEST = 360;

/**
 * The drawing as SVG that stands on its own: no script, nothing fetched, light or dark as the reader has it, and no ids, so
 * that it can be put into a page as it is. Status is told by shape and in words as well as by colour.
 */
export function formatSVG(graph: Graph, options: SVGOptions = {}): string {
  const { title = 'Ingress, Services and Pods' } = options;
  const layout = layOut(graph);
  const legend = drawLegend(layout);
  const width = Math.max(layout.width, legend.width, NARROWEST);
  const height = layout.height + (legend.width === 0 ? 0 : LEGEND);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  // Those on the way of the request lie on top.
  const edges = layout.edges.toSorted((a, b) => Number(a.edge.lit ?? 0) - Number(b.edge.lit ?? 0));
  const markup = svg`<svg xmlns="http://www.w3.org/2000/svg" class="${SCOPE}" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${title}</title>
<desc>${description(graph)}</desc>
<style>${raw(styleSheet(SCOPE))}</style>
<rect class="ground" width="${width}" height="${height}"/>
${layout.columns.map((column) => svg`<text class="column" x="${column.x}" y="${MARGIN + COLUMN_HEADING / 2}">${column.title.toUpperCase()}</text>`)}
${layout.bands.map(drawBand)}
${edges.map((edge) => drawEdge(edge, nodes))}
${layout.cards.map(drawCard)}
${legend.markup}
${graph.nodes.length === 0 ? svg`<text class="small" x="${MARGIN}" y="${MARGIN + 12}">Nothing to draw: no Ingress and no Service.</text>` : undefined}
</svg>
`;
  // The empty lines are where nothing was put in.
  return String(markup).replaceAll(/\n{2,}/gu, '\n');
}

function drawBand({ namespace, x, y, width, height }: Band): Markup {
  const band = svg`<rect class="band" x="${x}" y="${y}" width="${width}" height="${height}" rx="12"/>`;
  if (namespace === '') return band;
  const label = 'Namespace ';
  const room = width - 2 * BAND_PADDING - textWidth(label, SUBTITLE);
  return svg`<g><title>${label}${namespace}</title>${band}
<text class="small" x="${x + BAND_PADDING}" y="${y + 25}">${label}<tspan class="title strong">${fitText(namespace, room, TITLE)}</tspan></text></g>`;
}

const ORDER: readonly GraphStatus[] = ['partlyReady', 'notReady', 'missing', 'refused', 'shadowed'];

/** The marks that occur, and what they mean. */
function drawLegend({ cards, height }: Layout): {
  readonly markup: readonly Markup[];
  readonly width: number;
} {
  const occurring = new Set(
    cards.flatMap(({ card }) => [card.status, ...card.rows.map(({ status }) => status)]),
  );
  let x = MARGIN;
  const markup = ORDER.filter((status) => occurring.has(status)).map((status) => {
    const words = STATUS_WORDS[status];
    const drawn = svg`${mark(status, x, height - 1)}<text class="small" x="${x + 18}" y="${height + 9}">${words}</text>`;
    x += Math.ceil(18 + textWidth(words, SUBTITLE) + MARGIN);
    return drawn;
  });
  return { markup, width: markup.length === 0 ? 0 : x };
}

const MOST_FAULTS = 20;

function description({ nodes }: Graph): string {
  const counted = (kind: GraphNode['kind'], one: string, several: string): string => {
    const count = nodes.filter((node) => node.kind === kind).length;
    return `${count} ${count === 1 ? one : several}`;
  };
  const counts = [
    counted('Rule', 'rule', 'rules'),
    counted('Frontend', 'outside address', 'outside addresses'),
    counted('Service', 'Service', 'Services'),
    counted('Pods', 'group of Pods', 'groups of Pods'),
  ].join(', ');
  const faulty = nodes.filter(({ status }) => status !== 'ready');
  if (nodes.length === 0) return `${counts}.`;
  if (faulty.length === 0) return `${counts}. All of them are ready.`;
  const listed = faulty.slice(0, MOST_FAULTS).map((node) => `${nodeText(node)}.`);
  const more = faulty.length > MOST_FAULTS ? [`And ${faulty.length - MOST_FAULTS} more.`] : [];
  return [`${counts}.`, ...listed, ...more].join(' ');
}
