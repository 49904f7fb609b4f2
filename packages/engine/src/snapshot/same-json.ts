/**
 * Whether both, plain JSON data, are one JSON text: also the order of members counts. What the engine builds has them always
 * in the same order. What both share is not looked into.
 */
export function isSameJSON(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, index) => isSameJSON(item, other[index]))
    );
  }
  if (Array.isArray(other)) return false;
  const members = Object.entries(one);
  const others = Object.entries(other);
  return (
    members.length === others.length &&
    members.every(([name, value], index) => {
      const [otherName, otherValue] = others[index] ?? [];
      return name === otherName && isSameJSON(value, otherValue);
    })
  );
}
