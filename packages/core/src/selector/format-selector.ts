import { canonicalSelector } from './canonical-selector.ts';
import type { Operator, Selector } from './selector.ts';

/**
 * A selector in its string form, always the same for the same requirements: sorted by key, values sorted, `=` and `!=`
 * wherever there is one value. `parseSelector` reads it back. The selector of everything is the empty string.
 *
 * @example `app in (cart,shop),tier!=cache,!canary`
 */
export function formatSelector(selector: Selector): string {
  return canonicalSelector(selector)
    .map(({ key, operator, values }) => FORMATS[operator](key, values))
    .join(',');
}

const FORMATS: Readonly<Record<Operator, (key: string, values: readonly string[]) => string>> = {
  In: (key, values) =>
    values.length === 1 ? `${key}=${values.join()}` : `${key} in (${values.join()})`,
  NotIn: (key, values) =>
    values.length === 1 ? `${key}!=${values.join()}` : `${key} notin (${values.join()})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
  Gt: (key, values) => `${key}>${values.join()}`,
  Lt: (key, values) => `${key}<${values.join()}`,
};
