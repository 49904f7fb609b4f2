import type { Curves } from '../links/curves.ts';
import { placeOf, type Flight } from './flight.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** A disc, and for a failure a cross. */
const SHAPES = {
  underWay: 'M-4,0a4,4 0 1 1 8,0a4,4 0 1 1 -8,0',
  failed: 'M-5,-5L5,5M-5,5L5,-5',
};

/** Draws requests where they are now. Elements are used again: none is made while as many are under way as before. */
export function drawFlights(
  drawing: SVGSVGElement,
  flights: readonly Flight[],
  now: number,
  curves: Curves,
): void {
  const dots = drawing.children;
  let used = 0;
  for (const flight of flights) {
    const place = placeOf(flight, now, curves);
    if (place === undefined) continue;
    const dot = dots[used] ?? drawing.appendChild(document.createElementNS(SVG, 'path'));
    used += 1;
    const fate = place.fate === 'failed' ? 'pc-dot pc-failed' : 'pc-dot';
    if (dot.getAttribute('class') !== fate) {
      dot.setAttribute('class', fate);
      dot.setAttribute('d', SHAPES[place.fate]);
    }
    dot.setAttribute('transform', `translate(${place.x.toFixed(1)} ${place.y.toFixed(1)})`);
  }
  while (dots.length > used) dots[used]?.remove();
}
