import { compareText } from '@portolan/core';
import type { Filter } from '@portolan/routing';

type HeaderFilter = Extract<
  Filter,
  { readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier' }
>;

/** What becomes of one header field: whether what was there stays, and what is put after it. */
interface Effect {
  readonly keeps: boolean;
  readonly values: readonly string[];
}

const NONE: Effect = { keeps: true, values: [] };

/**
 * What header modifiers come to, the same text for those that do the same: `request set x-a: 1`, `request add x-a: 2`,
 * `response remove server`. Sorted by message and name.
 */
export function headerEffects(filters: readonly HeaderFilter[]): readonly string[] {
  const effects = new Map<string, Effect>();
  const change = (key: string, next: (effect: Effect) => Effect): void => {
    effects.set(key, next(effects.get(key) ?? NONE));
  };
  for (const { type, set = [], add = [], remove = [] } of filters) {
    const message = type === 'RequestHeaderModifier' ? 'request' : 'response';
    const key = (name: string): string => `${message} ${name.toLowerCase()}`;
    for (const { name, value } of set) change(key(name), () => ({ keeps: false, values: [value] }));
    for (const { name, value } of add) {
      change(key(name), ({ keeps, values }) => ({ keeps, values: [...values, value] }));
    }
    for (const name of remove) change(key(name), () => ({ keeps: false, values: [] }));
  }
  return [...effects]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([key, effect]) => inWords(key, effect));
}

function inWords(key: string, { keeps, values }: Effect): readonly string[] {
  const [message = '', name = ''] = key.split(' ');
  if (!keeps && values.length === 0) return [`${message} remove ${name}`];
  return values.map(
    (value, index) => `${message} ${!keeps && index === 0 ? 'set' : 'add'} ${name}: ${value}`,
  );
}
