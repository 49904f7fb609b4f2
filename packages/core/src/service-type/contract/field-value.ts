/** Every string and number in a value, as text. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What is at a field as Kubernetes prints it: `spec.ports[0].nodePort`, `metadata.annotations[example.com/key]`. */
export function valueAt(object: unknown, field: string): unknown {
  const keys = [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map((match) => match[1] ?? match[2]);
  return keys.reduce<unknown>(
    (value, key = '') =>
      typeof value === 'object' && value !== null
        ? Object.getOwnPropertyDescriptor(value, key)?.value
        : undefined,
    object,
  );
}
