import type { FieldError } from '../field-error/field-error.ts';
import { validateLabelKey, validateLabels, validateLabelValue } from '../labels/labels.ts';
import type { LabelSelector } from '../resources/workload.ts';
import { canonicalSelector } from './canonical-selector.ts';
import type { Requirement, Selector } from './selector.ts';

type MatchExpression = NonNullable<LabelSelector['matchExpressions']>[number];

/** A selector, or the faults that keep a LabelSelector from being one. */
export type LabelSelectorResult =
  | { readonly selector: Selector; readonly errors?: never }
  | { readonly selector?: never; readonly errors: readonly FieldError[] };

/**
 * The selector that a LabelSelector in its object form stands for; `{}` selects everything. An absent or null one
 * selects nothing, so there is no Selector for it.
 *
 * @param field where the LabelSelector stands: `spec.selector`
 *
 * Source: Kubernetes API reference, LabelSelector v1 meta.
 */
export function selectorFromLabelSelector(
  labelSelector: LabelSelector,
  field: string,
): LabelSelectorResult {
  const { matchLabels = {}, matchExpressions = [] } = labelSelector;
  const errors = [...validateLabels(matchLabels, `${field}.matchLabels`)];
  const requirements: Requirement[] = Object.entries(matchLabels).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [value],
  }));
  for (const [index, expression] of matchExpressions.entries()) {
    errors.push(...validateMatchExpression(expression, `${field}.matchExpressions[${index}]`));
    const { key, operator, values = [] } = expression;
    if (isOperator(operator)) requirements.push({ key, operator, values });
  }
  return errors.length > 0 ? { errors } : { selector: canonicalSelector(requirements) };
}

/** The operators of the object form: `Gt` and `Lt` are not among them. */
function isOperator(operator: string): operator is 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' {
  return ['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator);
}

function validateMatchExpression(
  { key, operator, values = [] }: MatchExpression,
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (!isOperator(operator)) {
    const detail = 'not a valid selector operator';
    errors.push({ type: 'Invalid', field: `${field}.operator`, value: operator, detail });
  } else if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) {
      const detail = "must be specified when `operator` is 'In' or 'NotIn'";
      errors.push({ type: 'Required', field: `${field}.values`, detail });
    }
  } else if (values.length > 0) {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    errors.push({ type: 'Forbidden', field: `${field}.values`, detail });
  }
  for (const detail of validateLabelKey(key)) {
    errors.push({ type: 'Invalid', field: `${field}.key`, value: key, detail });
  }
  for (const [index, value] of values.entries()) {
    for (const detail of validateLabelValue(value)) {
      errors.push({ type: 'Invalid', field: `${field}.values[${index}]`, value, detail });
    }
  }
  return errors;
}
