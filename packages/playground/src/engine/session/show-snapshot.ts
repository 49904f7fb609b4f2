import type { Snapshot } from '@portolan/engine';

import { Answerers } from '../answerers/answerers.ts';
import { NOTHING_KNOWN } from '../chart/known.ts';
import { outlineOf } from '../chart/outline.ts';
import { sourceReport } from './source-report.ts';
import type { Source } from './source.ts';

/** Shows what a Worker serves: what its manifests say beside is not known. */
export function showSnapshot(snapshot: Snapshot): Source {
  const known = NOTHING_KNOWN;
  const answerers = new Answerers(snapshot);
  const outline = outlineOf(snapshot, known);
  return {
    snapshot: () => snapshot,
    outline,
    answerers,
    known,
    standIns: new Set(),
    become: () => undefined,
    report: () =>
      sourceReport({ snapshot, outline, answerers, known }, { findings: [], nodes: [] }),
  };
}
