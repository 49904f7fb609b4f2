/** The API server's words for a value that is too long, in bytes of UTF-8 as it counts them. */
export function tooLong(maximum: number): string {
  return `must be no more than ${maximum} characters`;
}

/** The API server's words for a value that doesn't match a pattern, with examples of ones that do. */
export function mismatch(rule: string, pattern: string, ...examples: readonly string[]): string {
  const quoted = examples.map((example) => `'${example}', `).join(' or ');
  return `${rule} (e.g. ${quoted}regex used for validation is '${pattern}')`;
}

/** The length of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    length += codePoint < 0x80 ? 1 : codePoint < 0x8_00 ? 2 : codePoint < 0x1_00_00 ? 3 : 4;
  }
  return length;
}
