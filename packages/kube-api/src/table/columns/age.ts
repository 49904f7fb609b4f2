import type { JSONObject } from '../../content/json-object.ts';
import { formatDuration } from '../duration.ts';
import { at, type Column } from './column.ts';

/** How long ago a point in time is. */
export function since(
  object: JSONObject,
  now: number,
  ...path: readonly string[]
): string | undefined {
  const time = at(object, ...path);
  return typeof time === 'string' ? formatDuration(now - Date.parse(time)) : undefined;
}

export const AGE: Column = {
  name: 'Age',
  description: 'How long ago the object was created.',
  cell: (object, now) => since(object, now, 'metadata', 'creationTimestamp') ?? '<unknown>',
};
