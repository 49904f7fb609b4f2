/** Whether both are one JSON text. What the engine builds has its members always in the same order. */
export function isSameJSON(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
