import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import type { Chart } from '../../../protocol/chart.ts';
import type { Sent, TrafficReport } from '../../../protocol/report.ts';
import type { Curves } from '../links/curves.ts';
import { drawFlights } from './draw-flights.ts';
import { endOfFlight, type Flight } from './flight.ts';
import { legsOf } from './legs.ts';

export interface DotsProps {
  readonly chart: Chart;
  readonly curves: { readonly current: Curves };
  readonly subscribe: (listener: (report: TrafficReport) => void) => () => void;
}

/** Under way at once, at most: what comes beyond isn't drawn. It is counted all the same. */
const MOST = 150;
/** Over how long the requests of a report set out, in milliseconds: about until the next report. */
const SPREAD = 100;

/** Requests as dots on their way. Not drawn for those who want no motion, nor while the page isn't seen. */
export function Dots({ chart, curves, subscribe }: DotsProps): JSX.Element {
  const canvas = useRef<SVGSVGElement>(null);
  const latest = useRef(chart);
  latest.current = chart;
  useEffect(() => {
    const { current: drawing } = canvas;
    return drawing === null ? undefined : fly(drawing, latest, curves, subscribe);
  }, [subscribe]);
  return <svg class="pc-dots" ref={canvas} aria-hidden="true" />;
}

function fly(
  drawing: SVGSVGElement,
  chart: { readonly current: Chart },
  curves: { readonly current: Curves },
  subscribe: DotsProps['subscribe'],
): () => void {
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let flights: readonly Flight[] = [];
  let frame: number | undefined;
  let seen = true;

  const draw = (now: number): void => {
    flights = flights.filter((flight) => endOfFlight(flight) > now);
    drawFlights(drawing, flights, now, curves.current);
    frame = flights.length > 0 ? requestAnimationFrame(draw) : undefined;
  };
  const end = (): void => {
    flights = [];
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    drawing.replaceChildren();
  };
  const endUnlessWanted = (): void => {
    if (document.hidden || still.matches || !seen) end();
  };

  const unsubscribe = subscribe(({ sent }) => {
    if (document.hidden || still.matches || !seen) return;
    const now = performance.now();
    const more = sent
      .slice(0, Math.max(0, MOST - flights.length))
      .map((one, index) => flightOf(chart.current, one, now + (index / sent.length) * SPREAD));
    flights = [...flights, ...more];
    if (flights.length > 0) frame ??= requestAnimationFrame(draw);
  });
  const watching = new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? true;
    endUnlessWanted();
  });
  watching.observe(drawing);
  document.addEventListener('visibilitychange', endUnlessWanted);
  still.addEventListener('change', endUnlessWanted);
  return () => {
    unsubscribe();
    watching.disconnect();
    document.removeEventListener('visibilitychange', endUnlessWanted);
    still.removeEventListener('change', endUnlessWanted);
    end();
  };
}

function flightOf(chart: Chart, { tried, reason }: Sent, start: number): Flight {
  return { start, tries: legsOf(chart, tried), answered: reason === undefined };
}
