/** Throws unless a value is what JSON can carry and a structured clone can copy: no `undefined`, no function, no class. */
export function requirePlainJSON(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) requirePlainJSON(item, `${path}[${index}]`);
    return;
  }
  if (!isPlainObject(value)) throw new Error(`${path} is not plain JSON`);
  for (const [key, item] of Object.entries(value)) requirePlainJSON(item, `${path}.${key}`);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
