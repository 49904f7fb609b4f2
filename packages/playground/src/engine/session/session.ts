import type { DescribedRequest } from '@portolan/explain';

import type { Command } from '../../protocol/command.ts';
import type { SourceReport, View } from '../../protocol/report.ts';
import type { PodState } from '../../scenario/scenario.ts';
import { NO_CHANGES, type PodChanges } from '../../scenario/scenario.ts';
import { chartOf } from '../chart/chart.ts';
import { NO_WAY, wayOf } from '../chart/way.ts';
import { fitting } from '../chart/words.ts';
import { answerTo } from './answer.ts';
import { isEdit } from './is-edit.ts';
import { openManifests } from './open-manifests.ts';
import { showSnapshot } from './show-snapshot.ts';
import type { Source } from './source.ts';

/** All that was said so far. What is told follows from it alone. */
export class Session {
  #source: Source = openManifests('');
  #manifests = '';
  #pods: PodChanges = NO_CHANGES;
  #request: DescribedRequest | undefined;
  #filter = '';

  get source(): Source {
    return this.#source;
  }

  get request(): DescribedRequest | undefined {
    return this.#request;
  }

  /** What became of a Pod, by `namespace/name`. Of a shown Snapshot's nothing did. */
  stateOf(pod: string): PodState | undefined {
    return this.#source.compiled === undefined ? undefined : this.#pods.pods[pod]?.state;
  }

  /** @returns what is to be told of a source that is new */
  take(command: Exclude<Command, { readonly kind: 'traffic' }>): SourceReport | undefined {
    switch (command.kind) {
      case 'open':
        return this.#open(command.manifests);
      case 'show':
        return this.#turnTo(showSnapshot(command.snapshot));
      case 'change':
        this.#pods = command.pods;
        this.#source.become(command.pods);
        return undefined;
      case 'ask':
        this.#request = command.request;
        return undefined;
      case 'filter':
        this.#filter = command.text;
        return undefined;
    }
  }

  view(): View {
    const { outline, answerers, known, standIns } = this.#source;
    const snapshot = this.#source.snapshot();
    const asked = this.#request && answerTo(snapshot, this.#request, standIns);
    const explanation = asked?.answer?.explanation;
    const chart = chartOf({
      snapshot,
      outline,
      answerers,
      known,
      way: explanation ? wayOf(explanation, outline) : NO_WAY,
      entrance: this.#request?.entrance === 'internal' ? 'internal' : 'external',
      fits: fitting(this.#filter),
    });
    return { ...asked, chart };
  }

  #open(manifests: string): SourceReport {
    const before = isEdit(this.#manifests, manifests) ? this.#source.compiled : undefined;
    const report = this.#turnTo(openManifests(manifests, before));
    this.#manifests = manifests;
    return report;
  }

  #turnTo(source: Source): SourceReport {
    source.become(this.#pods);
    this.#source = source;
    return source.report();
  }
}
