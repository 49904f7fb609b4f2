/** In CSS pixels, from the top left of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A cubic Bézier curve: where it starts, its two handles, where it ends. */
export type Segment = readonly [Point, Point, Point, Point];

/** Segments, each of which starts where the one before it ends; at least one. */
export type Curve = readonly [Segment, ...Segment[]];

/** As an SVG path's `d`. */
export function pathOf(curve: Curve): string {
  const [[start]] = curve;
  const rest = curve.map(([, a, b, end]) => `C${text(a)} ${text(b)} ${text(end)}`);
  return `M${text(start)}${rest.join('')}`;
}

function text({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function endOf(curve: Curve): Point {
  return (curve.at(-1) ?? curve[0])[3];
}

/** About how long it is, in CSS pixels: between its chord and its handles. */
export function lengthOf(curve: Curve): number {
  return curve.reduce((sum, segment) => sum + segmentLength(segment), 0);
}

function segmentLength([start, a, b, end]: Segment): number {
  const chord = distance(start, end);
  return (chord + distance(start, a) + distance(a, b) + distance(b, end)) / 2;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** @param progress 0 is its start, 1 its end. What is beyond counts as these. */
export function pointAt(curve: Curve, progress: number): Point {
  let left = Math.min(1, Math.max(0, progress)) * lengthOf(curve);
  for (const segment of curve) {
    const length = segmentLength(segment);
    if (left <= length && length > 0) return pointOf(segment, left / length);
    left -= length;
  }
  return endOf(curve);
}

function pointOf([start, a, b, end]: Segment, t: number): Point {
  const u = 1 - t;
  const mix = (s: number, p: number, q: number, e: number): number =>
    u ** 3 * s + 3 * u ** 2 * t * p + 3 * u * t ** 2 * q + t ** 3 * e;
  return { x: mix(start.x, a.x, b.x, end.x), y: mix(start.y, a.y, b.y, end.y) };
}
