import type { Schema } from '../../openapi/schema/schema.ts';
import { membersOf, type Member } from './members.ts';

/** What is there, with a configuration laid over it. */
export function merge(schema: Schema | undefined, live: unknown, config: unknown): unknown {
  if (live === undefined || live === null) return config;
  if (config === undefined) return live;
  const old = membersOf(schema, live);
  const wanted = membersOf(schema, config);
  if (config === null || old === undefined || wanted === undefined) return config;
  const isFields = schema?.kind !== 'list';
  const lived = new Map(old.map((member) => [member.element, member.value]));
  const laid = ({ element, schema: inner, value }: Member): unknown =>
    merge(inner, lived.get(element), value);
  return isFields ? mergeFields(old, wanted, laid) : mergeItems(old, wanted, laid);
}

function mergeFields(
  old: readonly Member[],
  wanted: readonly Member[],
  laid: (member: Member) => unknown,
): unknown {
  return Object.fromEntries([
    ...old.map(({ name = '', value }) => [name, value] as const),
    ...wanted.map((member) => [member.name ?? '', laid(member)] as const),
  ]);
}

/** The configuration's items in its order; others stay behind the item that they came after. */
function mergeItems(
  old: readonly Member[],
  wanted: readonly Member[],
  laid: (member: Member) => unknown,
): readonly unknown[] {
  const wantedElements = new Set(wanted.map(({ element }) => element));
  const oldElements = new Set(old.map(({ element }) => element));
  const shared = wanted.flatMap(({ element }, index) => (oldElements.has(element) ? [index] : []));
  const merged: unknown[] = [];
  let turns = 0;
  let next = 0;
  for (const { element, value } of old) {
    const turn = shared[turns] ?? wanted.length;
    if (!wantedElements.has(element)) {
      merged.push(value);
    } else if (wanted[turn]?.element === element) {
      for (const member of wanted.slice(next, turn + 1)) merged.push(laid(member));
      next = turn + 1;
      turns += 1;
    }
    // Any other that both have has its turn later, or had it before.
  }
  return [...merged, ...wanted.slice(next).map(laid)];
}
