import type { Suite } from '../../suite/suite.ts';
import { buildTable } from './build-table.ts';
import { ingressTable, podTable } from './change-table.ts';
import { loadTables } from './load-table.ts';

export const change: Suite = {
  name: 'change',
  title: 'Changes',
  about: `What it costs that something changes: one Pod, one Ingress, everything, and a start from a Snapshot that was compiled ahead.
Each row has a process of its own. What is measured is compared before its figures count: a Snapshot after changes, and the one that
its deltas make where they are pushed to, with the Snapshot of all objects built anew, letter by letter; a loaded one by its answers.`,
  run: async (effort) => [
    await podTable(effort),
    await ingressTable(effort),
    await buildTable(effort),
    ...(await loadTables(effort)),
  ],
};
