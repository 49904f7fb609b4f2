import { lengthOf, pointAt, type Curve, type Point } from '../geometry/curve.ts';
import type { Leg } from './legs.ts';

/** A request on its way over the drawing. */
export interface Flight {
  /** When it sets out, in milliseconds. */
  readonly start: number;
  /** How it goes for each endpoint that is tried. */
  readonly tries: readonly (readonly Leg[])[];
  /** Whether the last of them answers. */
  readonly answered: boolean;
}

export interface Place extends Point {
  readonly fate: 'underWay' | 'failed';
}

/** Over one link, in milliseconds; and how long a failure stays to be seen. */
export const PER_LINK = 300;
export const FAILURE_STAYS = 350;

/**
 * Where a request is; undefined before it sets out, after it has arrived, and where its way isn't drawn.
 *
 * @param now In milliseconds.
 */
export function placeOf(
  flight: Flight,
  now: number,
  curves: ReadonlyMap<string, Curve>,
): Place | undefined {
  let left = now - flight.start;
  if (left < 0) return undefined;
  for (const [index, legs] of flight.tries.entries()) {
    const going = legs.length * PER_LINK;
    if (left < going) {
      const leg = legs[Math.floor(left / PER_LINK)];
      const point = leg && pointOn(leg, (left % PER_LINK) / PER_LINK, curves);
      return point && { ...point, fate: 'underWay' };
    }
    left -= going;
    const fails = index < flight.tries.length - 1 || !flight.answered;
    if (!fails) continue;
    if (left < FAILURE_STAYS) {
      const leg = legs.at(-1);
      const point = leg && pointOn(leg, 1, curves);
      return point && { ...point, fate: 'failed' };
    }
    left -= FAILURE_STAYS;
  }
  return undefined;
}

function pointOn(
  { link, back }: Leg,
  progress: number,
  curves: ReadonlyMap<string, Curve>,
): Point | undefined {
  const curve = curves.get(link);
  if (curve === undefined || lengthOf(curve) === 0) return undefined;
  return pointAt(curve, back ? 1 - progress : progress);
}

/** When it is over, in milliseconds. */
export function endOfFlight({ start, tries, answered }: Flight): number {
  const links = tries.reduce((sum, legs) => sum + legs.length, 0);
  const failures = answered ? tries.length - 1 : tries.length;
  return start + links * PER_LINK + failures * FAILURE_STAYS;
}
