import { compareText, formatSelector, selectorFromLabelSelector } from '@portolan/core';

import { listAt, objectAt, textAt, textsAt, type JSONObject } from '../../content/json-object.ts';
import { NONE } from './column.ts';

/** Labels as `app=shop,tier=web`, in order. */
export function labelsText(labels: JSONObject): string {
  const texts = Object.entries(labels)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([key, value]) => `${key}=${String(value)}`);
  return texts.join(',') || NONE;
}

/** A workload's LabelSelector in its string form. */
export function labelSelectorText(labelSelector: JSONObject): string {
  const { selector = [] } = selectorFromLabelSelector(
    {
      matchLabels: textsAt(labelSelector, 'matchLabels'),
      matchExpressions: listAt(labelSelector, 'matchExpressions').map((each) => ({
        key: textAt(each, 'key') ?? '',
        operator: textAt(each, 'operator') ?? '',
        values: listAt(each, 'values').map(String),
      })),
    },
    'spec.selector',
  );
  return formatSelector(selector) || NONE;
}

/** The containers of a workload's Pods, by one of their fields. */
export function containersText(template: unknown, field: 'image' | 'name'): string {
  return listAt(objectAt(template, 'spec'), 'containers')
    .flatMap((container) => textAt(container, field) ?? [])
    .join(',');
}
