import { describe, expect, it } from 'vitest';

import { evenStep } from './even-step.ts';

describe('the step through a round', () => {
  it('visits every position once', () => {
    for (let total = 1; total <= 500; total += 1) {
      const step = evenStep(total);
      const visited = new Set(Array.from({ length: total }, (_, turn) => (turn * step) % total));
      expect(visited.size).toBe(total);
    }
  });

  it('is the golden section where that is even', () => {
    // Of two neighbours in the Fibonacci sequence.
    expect(evenStep(987)).toBe(610);
  });
});
