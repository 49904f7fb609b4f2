import { isRetriedStatus, sortedStatuses } from '../constraint/constraint.ts';
import type { Format } from './format.ts';

/** Statuses after which another try may do better, with commas between them. */
export const statuses: Format<readonly number[]> = {
  expected: 'statuses from 500 to 599, 408, 425 or 429, with commas between them',
  read: (text) => {
    if (!/^\d{3}(?:, ?\d{3})*$/.test(text)) return undefined;
    const all = text.split(',').map(Number);
    return all.every(isRetriedStatus) ? sortedStatuses(all) : undefined;
  },
  write: (all) => all.join(', '),
};
