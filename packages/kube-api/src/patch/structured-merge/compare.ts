import type { Schema } from '../../openapi/schema/schema.ts';
import { isEqual } from '../json/json.ts';
import { fieldSet, NO_FIELDS, ONE_FIELD, type FieldSet } from '../managed-fields/field-set.ts';
import { membersOf, type Member } from './members.ts';

/** What became of a value. */
export interface Comparison {
  /** What was added, or is another now. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

/** Compares two states of a value; `undefined` is none. */
export function compare(schema: Schema | undefined, before: unknown, after: unknown): Comparison {
  const old = membersOf(schema, before);
  const now = membersOf(schema, after);
  const added = before === undefined && after !== undefined;
  const gone = before !== undefined && after === undefined;
  if (old === undefined || now === undefined || (old.length === 0 && now.length === 0)) {
    return {
      changed: added || (!gone && !isEqual(before, after)) ? ONE_FIELD : NO_FIELDS,
      removed: gone ? ONE_FIELD : NO_FIELDS,
    };
  }
  const oldByElement = byElement(old);
  const nowByElement = byElement(now);
  const parts = [...new Set([...oldByElement.keys(), ...nowByElement.keys()])].map((element) => {
    const was = oldByElement.get(element);
    const is = nowByElement.get(element);
    return [element, compare((is ?? was)?.schema, was?.value, is?.value)] as const;
  });
  return {
    changed: fieldSet(
      added,
      parts.map(([element, { changed }]) => [element, changed]),
    ),
    removed: fieldSet(
      gone,
      parts.map(([element, { removed }]) => [element, removed]),
    ),
  };
}

/** Of items that can't be told apart, which only a stored object may have, the first counts. */
function byElement(members: readonly Member[]): ReadonlyMap<string, Member> {
  return new Map(members.toReversed().map((member) => [member.element, member]));
}
