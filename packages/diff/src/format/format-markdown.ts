import { annotationName } from '@portolan/settings';

import type { Change, ChangeKind, Diff, DNSChange, SettingChange } from '../diff/diff-result.ts';
import { blocksOf, type Block } from './block.ts';
import { codeSpan } from './code-span.ts';
import { fitSections, type Section } from './fit.ts';
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

/** What GitHub takes for the body of a comment. */
const MOST_CHARACTERS = 65_535;
const MOST_WITNESSES = 3;

/**
 * What changes, as a comment on a pull request: GitHub Flavored Markdown, shorter than 65,536 characters; where that is too
 * short, it says how much is left out. Whatever comes from manifests is in code spans. Ends in a newline.
 */
export function formatMarkdown(diff: Diff): string {
  const head = [
    `**${summary(diff)}**`,
    ...(diff.complete ? [] : [`> [!WARNING]\n> ${INCOMPLETE}`]),
  ].join('\n\n');
  const sections = [
    ...[...blocksOf(diff.changes)].map(([kind, blocks]) => changesSection(kind, blocks)),
    ...(diff.dns.length > 0 ? [dnsSection(diff.dns)] : []),
    ...(diff.settings.length > 0 ? [settingsSection(diff.settings)] : []),
  ];
  if (sections.length === 0) return `${head}\n`;
  const room = MOST_CHARACTERS - head.length - '\n\n\n'.length;
  return `${head}\n\n${fitSections(sections, room)}\n`;
}

function changesSection(kind: ChangeKind, blocks: readonly Block[]): Section {
  return {
    heading: HEADINGS[kind],
    columns: ['Request', 'Before', 'After', 'Taken by'],
    rows: blocks.flatMap(({ before, after, changes, otherRules: others }) =>
      changes.map((change) => [
        lines([...requestsOf(change), ...(others.length > 0 ? [otherRules(others.length)] : [])]),
        codeSpan(before),
        codeSpan(after),
        lines(takersOf(change).map(codeSpan)),
      ]),
    ),
  };
}

function requestsOf({ witnesses, witnessCount }: Change): readonly string[] {
  const { shown } = cut(witnesses, MOST_WITNESSES);
  const more = witnessCount - shown.length;
  return [
    ...shown.map((witness) => codeSpan([witness.url, ...circumstancesOf(witness)].join(', '))),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

function dnsSection(dns: readonly DNSChange[]): Section {
  return {
    heading: DNS_HEADING,
    columns: ['Name', 'Type', '', 'Answers'],
    rows: dns.map((change) => [
      codeSpan(change.name),
      change.type,
      dnsChangeOf(change),
      codeSpan(answersOf(change)),
    ]),
  };
}

function settingsSection(settings: readonly SettingChange[]): Section {
  return {
    heading: SETTINGS_HEADING,
    columns: ['Object', 'Annotation', 'Values'],
    rows: settings.map((change) => [
      codeSpan(change.object),
      codeSpan(annotationName(change.name)),
      codeSpan(valuesOf(change)),
    ]),
  };
}

/** Of one cell. */
function lines(texts: readonly string[]): string {
  return texts.join('<br>');
}
