import type { Box, Curve, Point, Segment } from './curve.ts';

/** How far below a card's top its links are, at most: beside its title. */
const ANCHOR = 20;
/** Of a rail's corners, at most. */
const RADIUS = 8;

/**
 * From a card's right side to another's left side, where cards stand in columns side by side.
 *
 * @param skipped The columns between them, from left to right, each with its cards: the curve goes through a gap of each.
 */
export function curveBetween(from: Box, to: Box, skipped: readonly (readonly Box[])[] = []): Curve {
  const start = { x: from.left + from.width, y: anchor(from) };
  const end = { x: to.left, y: anchor(to) };
  const stops: Point[] = [];
  for (const boxes of skipped) {
    const [first] = boxes;
    if (first === undefined) continue;
    const share = (first.left - start.x) / (end.x - start.x);
    const y = nearestGap(start.y + (end.y - start.y) * share, boxes);
    stops.push({ x: first.left, y }, { x: first.left + first.width, y });
  }
  return through(start, [...stops, end]);
}

function anchor({ top, height }: Box): number {
  return top + Math.min(height / 2, ANCHOR);
}

function through(start: Point, [first = start, ...rest]: readonly Point[]): Curve {
  const segments: Segment[] = [];
  let at = first;
  for (const next of rest) {
    segments.push(ease(at, next));
    at = next;
  }
  return [ease(start, first), ...segments];
}

/** Leaves and arrives level. */
function ease(start: Point, end: Point): Segment {
  const half = (end.x - start.x) / 2;
  return [start, { x: start.x + half, y: start.y }, { x: end.x - half, y: end.y }, end];
}

/** The height nearest to `y` at which a line passes between cards of one column, above the first or below the last. */
export function nearestGap(y: number, boxes: readonly Box[]): number {
  const sorted = boxes.toSorted((a, b) => a.top - b.top);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return y;
  const gaps = sorted.slice(1).map((box, index) => {
    const above = sorted[index] ?? first;
    return (above.top + above.height + box.top) / 2;
  });
  const above = Math.min(y, first.top - RADIUS);
  const below = Math.max(y, last.top + last.height + RADIUS);
  return [above, ...gaps, below].toSorted((a, b) => Math.abs(a - y) - Math.abs(b - y))[0] ?? y;
}

/**
 * From a card's left side to another's left side, where cards stand below one another: out to a rail, along it, and in.
 *
 * @param x Where the rail is.
 */
export function railBetween(from: Box, to: Box, x: number): Curve {
  const start = { x: from.left, y: anchor(from) };
  const end = { x: to.left, y: anchor(to) };
  const way = Math.sign(end.y - start.y) || 1;
  const radius = Math.min(RADIUS, Math.abs(end.y - start.y) / 2);
  const out = { x, y: start.y + way * radius };
  const into = { x, y: end.y - way * radius };
  return [
    [start, { x, y: start.y }, { x, y: start.y }, out],
    [out, out, into, into],
    [into, { x, y: end.y }, { x, y: end.y }, end],
  ];
}
