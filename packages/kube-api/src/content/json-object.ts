import { fieldOf, isList, isObject, type JSONObject } from '../patch/json/json.ts';

export { isObject, type JSONObject };

/** The field's value where it is an object, else an empty one. */
export function objectAt(value: unknown, field: string): JSONObject {
  const found = fieldOf(value, field);
  return isObject(found) ? found : {};
}

/** The field's value where it is a text that isn't empty. */
export function textAt(value: unknown, field: string): string | undefined {
  const found = fieldOf(value, field);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The field's value where it is a list, else an empty one. */
export function listAt(value: unknown, field: string): readonly unknown[] {
  const found = fieldOf(value, field);
  return isList(found) ? found : [];
}

export function numberAt(value: unknown, field: string): number | undefined {
  const found = fieldOf(value, field);
  return typeof found === 'number' ? found : undefined;
}

/** The entries of a map of texts, others left out. */
export function textsAt(value: unknown, field: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectAt(value, field)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
