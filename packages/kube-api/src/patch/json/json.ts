/** A JSON object. Its keys are whatever a client sent, `__proto__` included: read it by `fieldOf`, make one by `Object.fromEntries`. */
export type JSONObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A field of an object; `undefined` where there is none, or `value` is no object. */
export function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The same object with one field more or other. */
export function withField(object: JSONObject, name: string, value: unknown): JSONObject {
  return Object.fromEntries(new Map([...Object.entries(object), [name, value]]));
}

/** Whether two JSON values are the same. The order of fields counts for nothing. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, index) => isEqual(item, other[index]));
  }
  if (isObject(one) && isObject(other)) {
    const names = Object.keys(one);
    return (
      names.length === Object.keys(other).length &&
      names.every((name) => Object.hasOwn(other, name) && isEqual(one[name], other[name]))
    );
  }
  return one === other;
}

/** The same value without fields that are null, at any depth. Nulls in lists stay. */
export function withoutNulls(value: unknown): unknown {
  if (isList(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  );
}

/** Whether lists and objects lie in one another more than `limit` deep. */
function isDeeperThan(limit: number, value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    level = level.flatMap((each) =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

/** Deeper than any object of Kubernetes' is, and not so deep that walking it is a danger. */
export const DEEPEST = 200;

/** Whether a value is deeper than is good. */
export function isTooDeep(value: unknown): boolean {
  return isDeeperThan(DEEPEST, value);
}
