import { annotationName, writeSetting } from '@portolan/settings';
import { styleOf, type Terminal } from '@portolan/terminal';

import type { Explanation } from '../explanation/explanation.ts';
import { indented, section } from './section.ts';

/** How the request is treated, as far as annotations say so, each as it is written. */
export function formatSettings(
  { settings = [] }: Explanation,
  terminal: Terminal,
): readonly string[] {
  const { dim } = styleOf(terminal);
  const rows = settings.map(({ name, value, by }) => [
    annotationName(name),
    writeSetting(name, value),
    dim(`${by.kind} ${by.namespace}/${by.name}`),
  ]);
  return section('Settings by annotations', indented(rows, terminal), terminal);
}
