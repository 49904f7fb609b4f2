import type { Finding } from '@portolan/check';
import type { Explanation } from '@portolan/explain';

import type { Chart } from './chart.ts';

/** What the engine tells the page. */
export type Report =
  | ({ readonly kind: 'source'; readonly for: number } & SourceReport)
  | ({ readonly kind: 'view'; readonly for: number } & View)
  | ({ readonly kind: 'traffic' } & TrafficReport)
  | {
      /** A fault of the engine's own, which is ours to mend: not of the manifests or the request. */
      readonly kind: 'fault';
      readonly for?: number;
      readonly message: string;
      /** The engine is gone and answers nothing any more: another one has to be started. */
      readonly ended?: boolean;
    };

/** What was opened. Comes before the `view` of it. */
export interface SourceReport {
  readonly version: string;
  readonly counts: {
    /** Objects that were read; absent of a Snapshot, which has none. */
    readonly objects?: number;
    readonly rules: number;
    readonly services: number;
    readonly endpoints: number;
  };
  /** All that `check` finds; of a Snapshot none. */
  readonly findings: readonly Finding[];
  /** Names that the client may be at, and addresses that it may ask: for suggestions. */
  readonly nodes: readonly string[];
  readonly zones: readonly string[];
  /** Absolute URLs that rules and Services answer, at most 50. */
  readonly urls: readonly string[];
}

/** What became of the request that was asked last. */
export interface View {
  /** Absent where the request is no request. */
  readonly answer?: Answer;
  /** What is wrong with the request, for people, with the field of `DescribedRequest`. */
  readonly fault?: { readonly field: string; readonly message: string };
  readonly chart: Chart;
}

export interface Answer {
  readonly explanation: Explanation;
  /** The whole in plain text, as `portolan explain` prints it. */
  readonly text: string;
  /** In one sentence: `GET http://shop.example/cart goes to Service shop/cart:80, one of 2 Pods`. */
  readonly sentence: string;
}

/** What became of requests that were sent since the last report, about ten times a second. */
export interface TrafficReport {
  readonly sent: readonly Sent[];
}

/** One request that went through the proxy. */
export interface Sent {
  /** What the client was answered. */
  readonly status: number;
  /** Why the proxy answered itself, where it did: `ConnectFailure` … */
  readonly reason?: string;
  /** The ids of the endpoints' cards that were asked, in order; the last one answered, where one did. */
  readonly tried: readonly string[];
}
