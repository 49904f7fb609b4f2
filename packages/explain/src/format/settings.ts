import type { ForwardDecision } from '@portolan/engine';
import { styleOf, type Terminal } from '@portolan/terminal';

import type { ExplainedSetting, Explanation } from '../explanation/explanation.ts';
import { indented, section } from './section.ts';

/** How the request is treated, as far as annotations say so. */
export function formatSettings(
  { settings = [] }: Explanation,
  terminal: Terminal,
): readonly string[] {
  const { dim } = styleOf(terminal);
  const rows = settings.map(({ name, value, by }) => [
    name,
    inWords(name, value),
    dim(`${by.kind} ${by.namespace}/${by.name}`),
  ]);
  return section('Settings by annotations', indented(rows, terminal), terminal);
}

type Field = keyof ForwardDecision['settings'];

const UNITS: ReadonlyMap<string, string> = new Map<Field, string>([
  ['affinityCookieMaxAge', 'ms'],
  ['bodyLimit', 'bytes'],
  ['ejectionMaxPercent', '%'],
  ['ejectionTime', 'ms'],
  ['firstByteTimeout', 'ms'],
  ['healthInterval', 'ms'],
  ['healthTimeout', 'ms'],
  ['idleTimeout', 'ms'],
  ['perTryTimeout', 'ms'],
  ['retryBodyLimit', 'bytes'],
]);

function inWords(name: string, value: ExplainedSetting['value']): string {
  if (typeof value !== 'object') return [value, UNITS.get(name) ?? []].flat().join(' ');
  return Object.values(value).join(Array.isArray(value) ? ', ' : ' ');
}
