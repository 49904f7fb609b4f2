import type { Schema } from '../../openapi/schema/schema.ts';
import { childOf, isEmpty, type FieldSet } from '../managed-fields/field-set.ts';
import { membersOf, type Member } from './members.ts';

/** A value without what is in `set`; `undefined` where that empties it and nobody owns it, as `owned` has it. */
export function remove(
  schema: Schema | undefined,
  value: unknown,
  set: FieldSet,
  owned: FieldSet,
): unknown {
  const members = membersOf(schema, value);
  if (members === undefined || members.length === 0 || isEmpty(set)) return value;
  const left = members.flatMap((member): readonly Member[] => {
    const part = childOf(set, member.element);
    if (part.owned) return [];
    const rest = remove(member.schema, member.value, part, childOf(owned, member.element));
    return rest === undefined ? [] : [{ ...member, value: rest }];
  });
  if (left.length === 0 && !owned.owned) return undefined;
  if (schema?.kind === 'list') return left.map(({ value: item }) => item);
  return Object.fromEntries(left.map(({ name = '', value: field }) => [name, field]));
}
