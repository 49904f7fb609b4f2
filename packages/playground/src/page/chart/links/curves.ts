import type { Chart } from '../../../protocol/chart.ts';
import { curveBetween, railBetween } from '../geometry/between.ts';
import type { Box, Curve } from '../geometry/curve.ts';
import { linkKey } from '../traffic/legs.ts';

/** By `linkKey`. */
export type Curves = ReadonlyMap<string, Curve>;

/** Where the cards are, by their ids. */
export type Boxes = ReadonlyMap<string, Box>;

/** How far left of the cards the rail is, where cards stand below one another. */
const RAIL = 13;

/**
 * The course of each link between cards that have a place. Where the columns are below one another only the lit ones
 * have a course: along a rail on the left.
 */
export function curvesOf(chart: Chart, boxes: Boxes): Curves {
  const columnOf = new Map(
    chart.columns.flatMap(({ cards }, column) => cards.map(({ id }) => [id, column])),
  );
  const boxesOf = chart.columns.map(({ cards }) => cards.flatMap(({ id }) => boxes.get(id) ?? []));
  const stacked = isStacked(boxesOf);
  const curves = new Map<string, Curve>();
  for (const link of chart.links) {
    const from = boxes.get(link.from);
    const to = boxes.get(link.to);
    if (from === undefined || to === undefined || (stacked && !link.lit)) continue;
    const skipped = boxesOf.slice(
      (columnOf.get(link.from) ?? 0) + 1,
      Math.max(columnOf.get(link.to) ?? 0, 0),
    );
    curves.set(
      linkKey(link),
      stacked ? railBetween(from, to, from.left - RAIL) : curveBetween(from, to, skipped),
    );
  }
  return curves;
}

/** Whether the columns are below one another. */
export function isStacked(columns: readonly (readonly Box[])[]): boolean {
  const lefts = columns.flatMap(([first]) => (first === undefined ? [] : [first.left]));
  return lefts.length > 1 && lefts.every((left) => Math.abs(left - (lefts[0] ?? 0)) < 1);
}
