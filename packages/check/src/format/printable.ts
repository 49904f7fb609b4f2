/** Text from manifests as a terminal may show it: what would move its cursor, ring its bell or turn the direction of text is made visible. */
export function printable(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '\u{FFFD}');
}
