/** Text from manifests as a terminal may show it: what would move its cursor or ring its bell is made visible. */
export function printable(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll(/\p{Cc}/gu, '\u{FFFD}');
}
