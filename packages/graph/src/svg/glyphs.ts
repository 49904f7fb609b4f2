import type { GraphNode, GraphStatus } from '../graph/graph.ts';
import { svg, type Markup } from './markup.ts';

/** What kind of thing a card is, drawn on a square of 14 by 14. */
const GLYPHS: Readonly<Record<GraphNode['kind'], string>> = {
  // One way that forks.
  Rule: 'M1 7h4M5 7l4-4h4M5 7l4 4h4',
  // An arrow through a door.
  Frontend: 'M1 7h8M6 4l3 3-3 3M9 1.5h4v11H9',
  // A hub with its spokes.
  Service: 'M7 4.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 1 1 0-5M7 1v3.5M2 10.5l2.8-2M12 10.5l-2.8-2',
  Resource: 'M2 2h10v10H2zM5 7h4',
  // A hexagon.
  Pods: 'M7 1l5.2 3v6L7 13l-5.2-3V4zM1.8 4L7 7l5.2-3M7 7v6',
  Addresses: 'M2 3h10M2 7h10M2 11h10',
  // An arrow that leaves a box.
  ExternalName: 'M6 3H2v9h9V8M8 2h4v4M12 2L6.5 7.5',
};

/** A shape for each status that needs one, on a square of 12 by 12, so that none is told by its colour alone. */
const MARKS: Readonly<Record<Exclude<GraphStatus, 'ready'>, string>> = {
  // A triangle with an exclamation mark.
  partlyReady: 'M6 1l5 9.5H1zM6 4.8v2.4M6 9v.1',
  // A circle with a cross.
  notReady: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10M4.2 4.2l3.6 3.6M7.8 4.2L4.2 7.8',
  // A circle with a question mark.
  missing: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10M4.6 4.8a1.5 1.5 0 1 1 2 1.5q-.6.2-.6.9M6 8.7v.1',
  // A circle with a bar.
  refused: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10M3.8 6h4.4',
  // Two bars, one after the other.
  shadowed: 'M1.5 4h9M1.5 8h5',
};

export function glyph(kind: GraphNode['kind'], x: number, y: number): Markup {
  return svg`<rect class="tint-${kind}" x="${x}" y="${y}" width="24" height="24" rx="6"/>
<path class="glyph" transform="translate(${x + 5} ${y + 5})" d="${GLYPHS[kind]}"/>`;
}

export function mark(status: GraphStatus, x: number, y: number): Markup | undefined {
  if (status === 'ready') return undefined;
  return svg`<path class="mark ${status}" transform="translate(${x} ${y})" d="${MARKS[status]}"/>`;
}

/** Pods one by one: full where they are ready, and empty where they aren't. */
export function podSquares(
  { all, ready }: { readonly all: number; readonly ready: number },
  x: number,
  y: number,
): Markup {
  const squares = Array.from({ length: all }, (_, index) => {
    const at = x + index * 13;
    return index < ready
      ? svg`<rect class="pod" x="${at}" y="${y}" width="9" height="9" rx="2"/>`
      : svg`<path class="mark notReady pod off" d="M${at} ${y}h9v9h-9z"/>`;
  });
  return svg`${squares}`;
}
