import { withoutTrailingSlash } from '../path/path.ts';
import type { RouteTable, TableEntry, TableHost, TableRule } from './table.ts';

interface Draft {
  readonly exact: Map<string, number[]>;
  readonly prefixes: Map<string, number[]>;
  readonly expressions: number[];
  longestPrefix: number;
}

/**
 * Where the entries of each host are found. `entries` are in order of precedence. `hosts` gives every host that has
 * rules, with or without entries, and the index of its default backend, in the order that the result shall have.
 */
export function indexHosts(
  hosts: ReadonlyMap<string, number | undefined>,
  rules: readonly TableRule[],
  entries: readonly TableEntry[],
): RouteTable['hosts'] {
  const drafts = new Map<string, Draft>();
  for (const host of hosts.keys()) {
    drafts.set(host, { exact: new Map(), prefixes: new Map(), expressions: [], longestPrefix: 0 });
  }
  for (const [index, entry] of entries.entries()) {
    const draft = drafts.get(rules[entry.rule]?.host ?? '');
    if (draft !== undefined && entry.shadowedBy === undefined) place(draft, entry, index);
  }
  return Object.fromEntries(
    Array.from(drafts, ([host, draft]): [string, TableHost] => {
      const defaultBackend = hosts.get(host);
      return [
        host,
        {
          exact: Object.fromEntries(draft.exact),
          prefixes: Object.fromEntries(draft.prefixes),
          longestPrefix: draft.longestPrefix,
          expressions: draft.expressions,
          ...(defaultBackend !== undefined && { defaultBackend }),
        },
      ];
    }),
  );
}

function place(draft: Draft, entry: TableEntry, index: number): void {
  switch (entry.type) {
    case 'Exact':
      append(draft.exact, entry.path, index);
      return;
    case 'PathPrefix': {
      const prefix = withoutTrailingSlash(entry.path);
      append(draft.prefixes, prefix, index);
      draft.longestPrefix = Math.max(draft.longestPrefix, prefix.length);
      return;
    }
    case 'RegularExpression':
      draft.expressions.push(index);
  }
}

function append(lists: Map<string, number[]>, key: string, index: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [index]);
  else list.push(index);
}
