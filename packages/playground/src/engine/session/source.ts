import type { Compiled } from '@portolan/compile';
import type { ObjectKey } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';

import type { SourceReport } from '../../protocol/report.ts';
import type { PodChanges } from '../../scenario/scenario.ts';
import type { Answerers } from '../answerers/answerers.ts';
import type { Known } from '../chart/known.ts';
import type { Outline } from '../chart/outline.ts';

/** What requests are asked of: manifests that were opened, or a Snapshot that is shown. */
export interface Source {
  readonly snapshot: () => Snapshot;
  readonly outline: Outline;
  readonly answerers: Answerers;
  readonly known: Known;
  /** Pods whose names and addresses the manifests don't say. */
  readonly standIns: ReadonlySet<ObjectKey>;
  /** Makes of the Pods what became of them; of a Snapshot's nothing. */
  readonly become: (pods: PodChanges) => void;
  readonly report: () => SourceReport;
  /** What faulty objects are kept from, when they are opened next. */
  readonly compiled?: Compiled;
}
