/**
 * About how many UTF-16 code units of JSON a value has, without the parts that another shares with it.
 *
 * @param other In the same place; compared by identity.
 */
export function sizeBeside(value: unknown, other?: unknown): number {
  if (value === undefined || value === other) return 0;
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 8;
  const beside: object = typeof other === 'object' && other !== null ? other : {};
  let size = 2;
  for (const [key, item] of Object.entries(value)) {
    size +=
      key.length +
      4 +
      sizeBeside(item, Object.hasOwn(beside, key) ? Reflect.get(beside, key) : undefined);
  }
  return size;
}
