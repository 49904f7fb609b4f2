import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';

import type { Chart, Link } from '../../../protocol/chart.ts';
import { endOf, pathOf, pointAt, type Curve } from '../geometry/curve.ts';
import { linkKey } from '../traffic/legs.ts';
import { curvesOf, isStacked, type Curves } from './curves.ts';
import { measure, onLayout, type Measured } from './measure.ts';

export interface LinksProps {
  readonly chart: Chart;
  readonly stage: RefObject<HTMLElement | null>;
  /** Told where each link goes. */
  readonly curves: { current: Curves };
}

/** The links, behind the cards. What they say is told to screen readers on the cards. */
export function Links({ chart, stage, curves }: LinksProps): JSX.Element {
  const [measured, setMeasured] = useState<Measured>();
  const look = (): void => {
    if (stage.current) setMeasured(measure(stage.current));
  };
  useLayoutEffect(look, [chart]);
  useEffect(() => (stage.current ? onLayout(stage.current, look) : undefined), []);
  const drawn = useMemo(
    () => (measured ? curvesOf(chart, measured.boxes) : new Map<string, Curve>()),
    [chart, measured],
  );
  useLayoutEffect(() => {
    curves.current = drawn;
  }, [drawn]);
  // Those on the way lie on top.
  const links = chart.links.toSorted((a, b) => Number(a.lit) - Number(b.lit));
  const labelled = useMemo(() => labelledOf(chart.links), [chart]);
  const showLabels = measured !== undefined && !stackedIn(chart, measured);
  return (
    <svg
      class="pc-links"
      aria-hidden="true"
      width={measured?.width ?? 0}
      height={measured?.height ?? 0}
    >
      {links.map((link) => {
        const key = linkKey(link);
        const curve = drawn.get(key);
        if (curve === undefined) return null;
        return (
          <g key={key} class={`pc-link pc-${link.status}${link.lit ? ' pc-lit' : ''}`}>
            <path d={pathOf(curve)} />
            {link.lit && <path class="pc-arrow" d={arrowAt(curve)} />}
            {showLabels && labelled.has(link) && <Label text={link.label} curve={curve} />}
          </g>
        );
      })}
    </svg>
  );
}

/** How wide a letter of a label is, about, in CSS pixels. */
const LETTER = 7;

/** Only where there is room for it. */
function Label({
  text,
  curve,
}: {
  readonly text: string;
  readonly curve: Curve;
}): JSX.Element | null {
  const [[start]] = curve;
  const { x, y } = pointAt(curve, 0.5);
  if (text.length * LETTER > endOf(curve).x - start.x) return null;
  return (
    <text x={x} y={y - 6} text-anchor="middle">
      {text}
    </text>
  );
}

/** A head that points at the card: links arrive level, from the left. */
function arrowAt(curve: Curve): string {
  const { x, y } = endOf(curve);
  return `M${x - 8},${y - 5}L${x},${y}L${x - 8},${y + 5}Z`;
}

/** Those on the way whose label isn't said by another one from the same card. */
function labelledOf(links: readonly Link[]): ReadonlySet<Link> {
  const said = new Map<string, Link>();
  for (const link of links) {
    const key = `${link.from} ${link.label}`;
    if (link.lit && link.label !== '' && !said.has(key)) said.set(key, link);
  }
  return new Set(said.values());
}

function stackedIn({ columns }: Chart, { boxes }: Measured): boolean {
  return isStacked(columns.map(({ cards }) => cards.flatMap(({ id }) => boxes.get(id) ?? [])));
}
