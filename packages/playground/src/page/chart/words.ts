import type { Card, Column, PodCard } from '../../protocol/chart.ts';

/** How a status is called, as the drawings of the command line call it. */
export const STATUS_WORDS: Readonly<Record<Card['status'], string>> = {
  ready: 'ready',
  partlyReady: 'partly ready',
  notReady: 'not ready',
  refused: 'takes no requests',
  missing: 'missing',
  shadowed: 'never asked',
};

export const STATE_WORDS: Readonly<Record<NonNullable<PodCard['state']>, string>> = {
  failing: 'readiness fails',
  refusing: 'refuses connections',
  draining: 'draining',
};

export const COLUMN_WORDS: Readonly<Record<Column['kind'], string>> = {
  doors: 'Doors',
  rules: 'Rules',
  services: 'Services',
  endpoints: 'Endpoints',
};

/** What is said of a column without cards. */
export const NONE_WORDS: Readonly<Record<Column['kind'], string>> = {
  doors: 'No Ingress, and no Service has an address outside.',
  rules: 'No rules.',
  services: 'No Services.',
  endpoints: 'No Pods or addresses.',
};

export function counted(count: number): string {
  return count.toLocaleString('en');
}

/** `3`, or `24 of 9,980` where not all are drawn. */
export function drawnText({ cards, total }: Column): string {
  return cards.length === total ? counted(total) : `${counted(cards.length)} of ${counted(total)}`;
}
