import { describe, expect, test } from 'vitest';

import { createTally, type Tally } from './tally.ts';

function tallyAt(start = 0): { tally: Tally; pass: (milliseconds: number) => void } {
  let time = start;
  return {
    tally: createTally(() => time),
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}

const answer = (...tried: string[]): { status: number; tried: string[] } => ({
  status: 200,
  tried,
});
const failure = (...tried: string[]): { status: number; reason: string; tried: string[] } => ({
  status: 502,
  reason: 'ConnectFailure',
  tried,
});

describe('the counts of the last ten seconds', () => {
  test('are none before anything was sent', () => {
    const { tally } = tallyAt();
    expect(tally.of('a')).toEqual({ answered: 0, failed: 0 });
    expect(tally.requests()).toEqual({ answered: 0, failed: 0 });
  });

  test('are kept for each endpoint', () => {
    const { tally } = tallyAt();
    tally.add({ sent: [answer('a'), answer('b'), answer('a')] });
    expect(tally.of('a')).toEqual({ answered: 2, failed: 0 });
    expect(tally.of('b')).toEqual({ answered: 1, failed: 0 });
    expect(tally.answers()).toBe(3);
  });

  test('have a failure of every endpoint that was tried before the one that answered', () => {
    const { tally } = tallyAt();
    tally.add({ sent: [answer('a', 'b')] });
    expect(tally.of('a')).toEqual({ answered: 0, failed: 1 });
    expect(tally.of('b')).toEqual({ answered: 1, failed: 0 });
    expect(tally.requests()).toEqual({ answered: 1, failed: 0 });
  });

  test('have a failure of every endpoint where none answered', () => {
    const { tally } = tallyAt();
    tally.add({ sent: [failure('a', 'b')] });
    expect(tally.of('b')).toEqual({ answered: 0, failed: 1 });
    expect(tally.requests()).toEqual({ answered: 0, failed: 1 });
  });

  test('have requests that no endpoint was asked about', () => {
    const { tally } = tallyAt();
    tally.add({ sent: [{ status: 503, reason: 'NoReadyEndpoints', tried: [] }] });
    expect(tally.requests()).toEqual({ answered: 0, failed: 1 });
    expect(tally.answers()).toBe(0);
  });

  test('are forgotten a second at a time', () => {
    const { tally, pass } = tallyAt(500);
    tally.add({ sent: [answer('a')] });
    pass(1000);
    tally.add({ sent: [answer('a'), answer('a')] });
    pass(8499);
    expect(tally.of('a').answered).toBe(3);
    pass(1);
    expect(tally.of('a').answered).toBe(2);
    pass(1000);
    expect(tally.of('a').answered).toBe(0);
    expect(tally.answers()).toBe(0);
  });
});
