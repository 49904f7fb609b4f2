import { expect, it } from 'vitest';

import { retryBudgets } from './retry-budgets.ts';

it('keeps a budget for each Service port, and no more of them than it must', () => {
  const budgetOf = retryBudgets();
  const one = budgetOf('shop/cart:80');
  expect(budgetOf('shop/cart:80')).toBe(one);
  expect(budgetOf('shop/cart:81')).not.toBe(one);
  for (let port = 0; port < 20_000; port += 1) budgetOf(`shop/preview-${port}:80`);
  expect(budgetOf('shop/cart:80')).not.toBe(one);
});
