import type { Entrance } from '@portolan/core';
import type { Snapshot } from '@portolan/engine';

import type { Answerers } from '../answerers/answerers.ts';
import type { Known } from './known.ts';
import type { Outline } from './outline.ts';
import type { Way } from './way.ts';
import type { Fits } from './words.ts';

/** What a chart is drawn of. */
export interface Drawing {
  readonly snapshot: Snapshot;
  readonly outline: Outline;
  readonly answerers: Answerers;
  readonly known: Known;
  readonly way: Way;
  /** From which side the client comes: at the other side's addresses it can't knock. */
  readonly entrance: Entrance;
  readonly fits: Fits;
}
