import type { Labels } from '../resources/meta.ts';
import { canonicalSelector } from './canonical-selector.ts';
import { parseInteger } from './integer.ts';

/** How a requirement relates a label to its values. `=`, `==` and `!=` are `In` and `NotIn` with one value. */
export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

/** A condition on one label. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  /** At least one with `In` and `NotIn`, an integer with `Gt` and `Lt`, none with `Exists` and `DoesNotExist`. */
  readonly values: readonly string[];
}

/**
 * Requirements that all have to hold; without any, everything is selected.
 *
 * That is not what an empty `spec.selector` of a Service means: such a Service selects nothing, and whoever reads one
 * has to see to that before asking for a Selector.
 *
 * Source: Kubernetes, Labels and Selectors, Label selectors.
 */
export type Selector = readonly Requirement[];

/** Whether labels meet every requirement. An absent label meets `NotIn`. */
export function matchesSelector(selector: Selector, labels: Labels): boolean {
  return selector.every(({ key, operator, values }) =>
    MEETS[operator](Object.hasOwn(labels, key) ? labels[key] : undefined, values),
  );
}

const MEETS: Readonly<
  Record<Operator, (value: string | undefined, values: readonly string[]) => boolean>
> = {
  In: (value, values) => value !== undefined && values.includes(value),
  NotIn: (value, values) => value === undefined || !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
  Gt: (value, [limit]) => compareIntegers(value, limit, (a, b) => a > b),
  Lt: (value, [limit]) => compareIntegers(value, limit, (a, b) => a < b),
};

/** A label whose value isn't an integer is neither greater nor less than one. */
function compareIntegers(
  value: string | undefined,
  limit: string | undefined,
  holds: (a: bigint, b: bigint) => boolean,
): boolean {
  const a = parseInteger(value);
  const b = parseInteger(limit);
  return a !== undefined && b !== undefined && holds(a, b);
}

/**
 * The selector that asks for each of these labels with its value, as `matchLabels` and a Service's `spec.selector`
 * write it. Of no labels: the selector of everything, whereas a Service with an empty selector selects nothing.
 */
export function selectorFromLabels(labels: Labels): Selector {
  return canonicalSelector(
    Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  );
}
