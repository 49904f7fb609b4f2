import type { TrafficReport } from '../../../protocol/report.ts';

interface Counts {
  readonly answered: number;
  readonly failed: number;
}

/** What became of requests in the last ten seconds. */
export interface Tally {
  readonly add: (report: TrafficReport) => void;
  /** Of an endpoint's card, by its id: a request that was tried at two endpoints counts at each. */
  readonly of: (card: string) => Counts;
  /** Of all requests: each counts once, as answered where an endpoint answered it. */
  readonly requests: () => Counts;
  /** How many times any endpoint answered. */
  readonly answers: () => number;
}

/** Over how long it counts, in seconds. */
export const WINDOW = 10;

const NONE: Counts = { answered: 0, failed: 0 };
/** Where the requests themselves are counted: no card has this id. */
const REQUESTS = '';

interface Bucket {
  readonly second: number;
  readonly counts: Map<string, Counts>;
}

/** @param now The time in milliseconds, which never goes back. */
export function createTally(now: () => number): Tally {
  let buckets: readonly Bucket[] = [];

  const recent = (): readonly Bucket[] => {
    const first = Math.floor(now() / 1000) - WINDOW + 1;
    if (buckets.some(({ second }) => second < first)) {
      buckets = buckets.filter(({ second }) => second >= first);
    }
    return buckets;
  };

  const current = (): Bucket => {
    const second = Math.floor(now() / 1000);
    const last = recent().at(-1);
    if (last?.second === second) return last;
    const bucket: Bucket = { second, counts: new Map() };
    buckets = [...buckets, bucket];
    return bucket;
  };

  const of = (card: string): Counts =>
    recent().reduce((sum, { counts }) => plus(sum, counts.get(card) ?? NONE), NONE);

  return {
    add: ({ sent }) => {
      if (sent.length === 0) return;
      const { counts } = current();
      const count = (card: string, answered: boolean): void => {
        const one = answered ? { answered: 1, failed: 0 } : { answered: 0, failed: 1 };
        counts.set(card, plus(counts.get(card) ?? NONE, one));
      };
      for (const { tried, reason } of sent) {
        for (const [index, card] of tried.entries()) {
          count(card, index === tried.length - 1 && reason === undefined);
        }
        count(REQUESTS, reason === undefined);
      }
    },
    of,
    requests: () => of(REQUESTS),
    answers: () => {
      let sum = 0;
      for (const { counts } of recent()) {
        for (const [card, { answered }] of counts) if (card !== REQUESTS) sum += answered;
      }
      return sum;
    },
  };
}

function plus(a: Counts, b: Counts): Counts {
  return { answered: a.answered + b.answered, failed: a.failed + b.failed };
}
