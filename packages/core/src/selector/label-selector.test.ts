import { describe, expect, it } from 'vitest';

import { formatFieldError } from '../field-error/field-error.ts';
import type { LabelSelector } from '../resources/workload.ts';
import { formatSelector } from './format-selector.ts';
import { selectorFromLabelSelector } from './label-selector.ts';

function text(labelSelector: LabelSelector): string | undefined {
  const { selector } = selectorFromLabelSelector(labelSelector, 'spec.selector');
  return selector && formatSelector(selector);
}

function faults(labelSelector: LabelSelector): readonly string[] {
  return (selectorFromLabelSelector(labelSelector, 'spec.selector').errors ?? []).map(
    formatFieldError,
  );
}

describe('a LabelSelector', () => {
  it('selects everything when it is empty', () => {
    expect(text({})).toBe('');
    expect(text({ matchLabels: {}, matchExpressions: [] })).toBe('');
  });

  it('asks for its labels and its expressions together', () => {
    expect(
      text({
        matchLabels: { app: 'shop' },
        matchExpressions: [
          { key: 'tier', operator: 'In', values: ['web', 'api'] },
          { key: 'env', operator: 'NotIn', values: ['dev'] },
          { key: 'zone', operator: 'Exists' },
          { key: 'canary', operator: 'DoesNotExist', values: [] },
        ],
      }),
    ).toBe('app=shop,!canary,env!=dev,tier in (api,web),zone');
  });

  it('needs values with In and NotIn, and none with Exists and DoesNotExist', () => {
    expect(
      faults({
        matchExpressions: [
          { key: 'a', operator: 'In' },
          { key: 'b', operator: 'NotIn', values: [] },
          { key: 'c', operator: 'Exists', values: ['x'] },
          { key: 'd', operator: 'DoesNotExist', values: ['x'] },
        ],
      }),
    ).toEqual([
      "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      "spec.selector.matchExpressions[1].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      "spec.selector.matchExpressions[2].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      "spec.selector.matchExpressions[3].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
    ]);
  });

  it.each(['Gt', 'Lt', '=', 'in', 'constructor', ''])('has no operator %j', (operator) => {
    expect(faults({ matchExpressions: [{ key: 'a', operator, values: ['1'] }] })).toEqual([
      `spec.selector.matchExpressions[0].operator: Invalid value: "${operator}": not a valid selector operator`,
    ]);
  });

  it('keeps to the rules of label keys and values', () => {
    expect(
      faults({
        matchLabels: { app: 'a'.repeat(64) },
        matchExpressions: [{ key: '/a', operator: 'In', values: ['ok', 'b'.repeat(64)] }],
      }),
    ).toEqual([
      `spec.selector.matchLabels: Invalid value: "${'a'.repeat(64)}": must be no more than 63 characters`,
      'spec.selector.matchExpressions[0].key: Invalid value: "/a": prefix part must be non-empty',
      `spec.selector.matchExpressions[0].values[1]: Invalid value: "${'b'.repeat(64)}": must be no more than 63 characters`,
    ]);
  });
});
