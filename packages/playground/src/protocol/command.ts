import type { Snapshot } from '@portolan/engine';
import type { DescribedRequest } from '@portolan/explain';

import type { PodChanges } from '../scenario/scenario.ts';

/** What the page asks of the engine, which runs in a worker. Each is answered by a `Report` that names it. */
export type Command = { readonly id: number } & (
  | {
      /** From now on it is about these manifests; the request and the changes hold on. */
      readonly kind: 'open';
      readonly manifests: string;
    }
  | {
      /** From now on it is about what a Worker serves. Its Pods can't be changed. */
      readonly kind: 'show';
      readonly snapshot: Snapshot;
    }
  | { readonly kind: 'change'; readonly pods: PodChanges }
  | { readonly kind: 'ask'; readonly request: DescribedRequest }
  | {
      /** Which of many cards are drawn: those whose text has all of these words; empty: those nearest to the request. */
      readonly kind: 'filter';
      readonly text: string;
    }
  | {
      /** Sends the request that was asked, again and again, through the proxy; 0 to end that. */
      readonly kind: 'traffic';
      /** Requests a second, 0 to 50. */
      readonly rate: number;
    }
);
