import { annotationName } from '@portolan/settings';
import { PLAIN, styleOf, table, wrap, type Terminal } from '@portolan/terminal';

import type { Change, Diff, DNSChange, SettingChange } from '../diff/diff-result.ts';
import { blocksOf, type Block } from './block.ts';
import {
  answersOf,
  circumstancesOf,
  cut,
  DNS_HEADING,
  dnsChangeOf,
  HEADINGS,
  INCOMPLETE,
  otherRules,
  SETTINGS_HEADING,
  summary,
  takersOf,
  valuesOf,
} from './words.ts';

export interface FormatOptions {
  /** Everything, however much. Otherwise long lists are cut, and say how much more there is. */
  readonly all?: boolean;
}

const MOST_BLOCKS = 25;
const MOST_CHANGES = 8;
const MOST_NAMES = 25;

/**
 * What changes, for people: by kind, the most severe first, then what DNS and settings say otherwise, and last a summary. Ends in a
 * newline.
 */
export function formatDiff(
  diff: Diff,
  terminal: Terminal = PLAIN,
  { all = false }: FormatOptions = {},
): string {
  const { bold, yellow } = styleOf(terminal);
  const kinds = [...blocksOf(diff.changes)].map(([kind, blocks]) => {
    const { shown, more } = cut(blocks, all ? Infinity : MOST_BLOCKS);
    return [
      wrap(bold(HEADINGS[kind]), terminal),
      ...shown.map((block) => blockText(block, terminal, all)),
      ...(more > 0 ? [`  and ${more} more like these`] : []),
    ].join('\n\n');
  });
  const parts = [
    ...kinds,
    ...(diff.dns.length > 0 ? [dnsText(diff.dns, terminal, all)] : []),
    ...(diff.settings.length > 0 ? [settingsText(diff.settings, terminal, all)] : []),
    ...(diff.complete ? [] : [wrap(yellow(INCOMPLETE), terminal)]),
    wrap(bold(summary(diff)), terminal),
  ];
  return `${parts.join('\n\n')}\n`;
}

function blockText(block: Block, terminal: Terminal, all: boolean): string {
  const { red, green, dim } = styleOf(terminal);
  const { shown, more } = cut(block.changes, all ? Infinity : MOST_CHANGES);
  const others = all ? block.otherRules : [];
  return [
    line(red(block.before), terminal, 2),
    line(green(`→ ${block.after}`), terminal, 2),
    ...[...shown, ...others].flatMap((change) => [
      ...requestsOf(change).map((request) => line(request, terminal, 4)),
      ...takersOf(change).map((taker) => line(dim(taker), terminal, 6)),
    ]),
    ...(more > 0 ? [`    and ${more} more that change alike`] : []),
    ...(block.otherRules.length > others.length
      ? [line(otherRules(block.otherRules.length), terminal, 4)]
      : []),
  ].join('\n');
}

function requestsOf({ witnesses, witnessCount }: Change): readonly string[] {
  const more = witnessCount - witnesses.length;
  return [
    ...witnesses.map((witness) => [witness.url, ...circumstancesOf(witness)].join(', ')),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function dnsText(dns: readonly DNSChange[], terminal: Terminal, all: boolean): string {
  const { shown, more } = cut(dns, all ? Infinity : MOST_NAMES);
  const rows = shown.map((change) => [
    `  ${SIGNS[dnsChangeOf(change)]} ${change.name}`,
    change.type,
    answersOf(change),
  ]);
  return [
    styleOf(terminal).bold(DNS_HEADING),
    '',
    ...table(rows, terminal),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

function settingsText(
  settings: readonly SettingChange[],
  terminal: Terminal,
  all: boolean,
): string {
  const { shown, more } = cut(settings, all ? Infinity : MOST_NAMES);
  const rows = shown.map((change) => [
    `  ${change.object}`,
    annotationName(change.name),
    valuesOf(change),
  ]);
  return [
    styleOf(terminal).bold(SETTINGS_HEADING),
    '',
    ...table(rows, terminal),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

/** What doesn't fit on the line goes below it, further in. */
function line(text: string, terminal: Terminal, indent: number): string {
  return ' '.repeat(indent) + wrap(text, terminal, indent + 2);
}
