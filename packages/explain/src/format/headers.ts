import { styleOf, type Terminal } from '@portolan/terminal';

import type { Explanation } from '../explanation/explanation.ts';
import { indented, section } from './section.ts';

/** The header fields that the endpoint sees, compared with those that the client sent. */
export function formatHeaders(
  { request, headers }: Explanation,
  terminal: Terminal,
): readonly string[] {
  if (headers === undefined) return [];
  const { dim, green, red, yellow } = styleOf(terminal);
  const sent = new Headers(request.headers);
  if (!sent.has('host')) sent.set('host', new URL(request.url).host);
  const rows: (readonly string[])[] = [];
  const kept: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const before = sent.get(name);
    if (before === value) kept.push(name);
    else if (before === null) rows.push([green(`+ ${name}`), value]);
    else rows.push([yellow(`~ ${name}`), `${value}${dim(`, sent as ${before}`)}`]);
  }
  for (const [name, value] of sent) {
    if (!Object.hasOwn(headers, name)) rows.push([red(`- ${name}`), dim(value)]);
  }
  if (kept.length > 0) rows.push([dim('  as sent'), kept.join(', ')]);
  return section('Headers that the endpoint sees', indented(rows, terminal), terminal);
}
