import { describe, expect, it } from 'vitest';

import { retryBudget, type RetryBudget } from './retry-budget.ts';

function spend(budget: RetryBudget, most = 1000): number {
  let spent = 0;
  while (spent < most && budget.withdraw()) spent += 1;
  return spent;
}

describe('a retry budget', () => {
  it('has a reserve to begin with, and no more', () => {
    expect(spend(retryBudget())).toBe(10);
  });

  it('lets one in five requests be tried again once the reserve is gone', () => {
    const budget = retryBudget();
    spend(budget);
    let retried = 0;
    for (let request = 0; request < 1000; request += 1) {
      budget.deposit();
      if (budget.withdraw()) retried += 1;
    }
    expect(retried).toBe(200);
  });

  it('saves up no more than 100 retries', () => {
    const budget = retryBudget();
    for (let request = 0; request < 10_000; request += 1) budget.deposit();
    expect(spend(budget)).toBe(100);
  });
});
