/** JSON as it is printed for machines that people sometimes look over the shoulder of. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
