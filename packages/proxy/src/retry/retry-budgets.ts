import { retryBudget, type RetryBudget } from './retry-budget.ts';

/** So many Service ports have a budget of their own at once; beyond, the one that is oldest begins anew. */
const MOST = 10_000;

/**
 * A budget for each Service port, by `namespace/name:port`, so that one that fails leaves the others theirs: as Envoy's are
 * for each cluster.
 */
export function retryBudgets(): (port: string) => RetryBudget {
  const budgets = new Map<string, RetryBudget>();
  return (port) => {
    let budget = budgets.get(port);
    if (budget === undefined) {
      const [oldest] = budgets.size < MOST ? [] : budgets.keys();
      if (oldest !== undefined) budgets.delete(oldest);
      budgets.set(port, (budget = retryBudget()));
    }
    return budget;
  };
}
