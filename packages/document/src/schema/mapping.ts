import * as v from 'valibot';

import { nearest } from '../nearest/nearest.ts';

/** A mapping with these fields and no others; for a misspelt one the field that may be meant is named. */
export function mapping<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, (issue: v.StrictObjectIssue) => string> {
  const fields = Object.keys(entries);
  return v.strictObject(entries, (issue) => {
    if (issue.expected === 'Object') return 'must be a mapping';
    if (!isUnknownField(issue)) return 'is missing';
    const meant = nearest(String(issue.input), fields);
    return `is no field here; ${meant === undefined ? `there are ${fields.join(', ')}` : `is ${meant} meant?`}`;
  });
}

export function isUnknownField(issue: Pick<v.BaseIssue<unknown>, 'expected' | 'type'>): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}
