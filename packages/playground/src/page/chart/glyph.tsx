import type { JSX } from 'preact';

import type { Card } from '../../protocol/chart.ts';

/** What kind of thing a card is, drawn on a square of 14 by 14. */
const GLYPHS: Readonly<Record<Card['kind'], string>> = {
  // An arrow through a door.
  Ingress: 'M1 7h7M5 4l3 3-3 3M8 1.5h5v11H8',
  Frontend: 'M1 7h7M5 4l3 3-3 3M8 1.5h5v11H8',
  // One way that forks.
  Rule: 'M1 7h4M5 7l4-4h4M5 7l4 4h4',
  // A hub with its spokes.
  Service: 'M7 4.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 1 1 0-5M7 1v3.5M2 10.5l2.8-2M12 10.5l-2.8-2',
  // A hexagon.
  Pod: 'M7 1l5.2 3v6L7 13l-5.2-3V4zM1.8 4L7 7l5.2-3M7 7v6',
  // An empty hexagon.
  Workload: 'M7 1l5.2 3v6L7 13l-5.2-3V4z',
  Address: 'M2 3h10M2 7h10M2 11h10',
  // An arrow that leaves a box.
  ExternalName: 'M6 3H2v9h9V8M8 2h4v4M12 2L6.5 7.5',
  Resource: 'M2 2h10v10H2zM5 7h4',
};

/** A shape for each status, on a square of 12 by 12, so that none is told by its colour alone. */
const MARKS: Readonly<Record<Card['status'], string>> = {
  // A tick.
  ready: 'M2 6.5l2.8 2.8L10 3.5',
  // A triangle with an exclamation mark.
  partlyReady: 'M6 1l5 9.5H1zM6 4.8v2.4M6 9v.1',
  // A circle with a cross.
  notReady: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10M4.2 4.2l3.6 3.6M7.8 4.2L4.2 7.8',
  // A circle with a bar.
  refused: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10M3.8 6h4.4',
  // A circle with a question mark.
  missing: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10M4.6 4.8a1.5 1.5 0 1 1 2 1.5q-.6.2-.6.9M6 8.7v.1',
  // Two bars, one after the other.
  shadowed: 'M1.5 4h9M1.5 8h5',
};

export function Glyph({ kind }: { readonly kind: Card['kind'] }): JSX.Element {
  return (
    <svg class="pc-glyph" viewBox="-5 -5 24 24" width="20" height="20" aria-hidden="true">
      <path d={GLYPHS[kind]} />
    </svg>
  );
}

export function Mark({ status }: { readonly status: Card['status'] }): JSX.Element {
  return (
    <svg class="pc-mark" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={MARKS[status]} />
    </svg>
  );
}
