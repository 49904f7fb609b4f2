import { writeSetting } from '@portolan/settings';

import type {
  Change,
  ChangeKind,
  Diff,
  DNSChange,
  SettingChange,
  Witness,
} from '../diff/diff-result.ts';

/** `1 change`, `2 changes`. */
export function counted(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** The most severe. */
export function mainKind({ kinds: [kind = 'endpoints'] }: Change): ChangeKind {
  return kind;
}

/** What each kind means, as a heading. */
export const HEADINGS: Readonly<Record<ChangeKind, string>> = {
  reachability: 'Reachability: somebody answers, and nobody did, or the other way round',
  status: 'Status: another answer of our own',
  backend: 'Backend: another Service, or other weights',
  path: 'Path: the backend is asked for another path',
  header: 'Header: other header fields, or another host',
  endpoints: 'Endpoints: the same Service, answered by others',
};

/** What changes, and how much of it, in a sentence or two. */
export function summary({ changes, dns, settings }: Diff): string {
  const kinds = [...Map.groupBy(changes, mainKind)].map(
    ([kind, { length }]) => `${length} ${kind}`,
  );
  const requests =
    changes.length === 0
      ? 'No request changes.'
      : `Requests change in ${counted(changes.length, 'way')}: ${kinds.join(', ')}.`;
  return [
    requests,
    ...(dns.length > 0
      ? [`${counted(dns.length, 'DNS answer changes', 'DNS answers change')}.`]
      : []),
    ...(settings.length > 0
      ? [`${counted(settings.length, 'setting changes', 'settings change')}.`]
      : []),
  ].join(' ');
}

/** What is said where the comparison had to stop. */
export const INCOMPLETE =
  'Not everything was compared: it would have taken too many steps. There may be more changes than these.';

/** What there is about a request besides its URL: `POST`, `x-a: 1`, `from 192.0.2.1`. */
export function circumstancesOf(witness: Witness): readonly string[] {
  const { method, headers, entrance, from, node, zone } = witness;
  return [
    ...(method === 'GET' ? [] : [method]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(entrance === 'internal' ? ['inside the cluster'] : []),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(node === undefined ? [] : [`at node ${node}`]),
    ...(zone === undefined ? [] : [`in zone ${zone}`]),
  ];
}

/** Who takes the requests: `Ingress shop/web spec.rules[0]`, or who did and who does. */
export function takersOf({ takenBy: { before, after } }: Change): readonly string[] {
  if (before === after) return before === undefined ? [] : [before];
  return [
    ...(before === undefined ? [] : [`before: ${before}`]),
    ...(after === undefined ? [] : [`after: ${after}`]),
  ];
}

/** Of requests that a Service's own address keeps from other rules, or leaves to them. */
export function otherRules(count: number): string {
  return `at these addresses ${counted(count, 'more rule takes', 'more rules take')} other requests, or did`;
}

export const DNS_HEADING = 'DNS: names with other answers';

export function dnsChangeOf({ before, after }: DNSChange): 'added' | 'changed' | 'removed' {
  if (before.length === 0) return 'added';
  return after.length === 0 ? 'removed' : 'changed';
}

/** `10.0.0.1 → 10.0.0.2`, or the only ones there are. */
export function answersOf({ before, after }: DNSChange): string {
  const sides = [before, after].filter(({ length }) => length > 0);
  return sides.map((answers) => answers.join(', ')).join(' → ');
}

export const SETTINGS_HEADING = 'Settings: requests are treated otherwise on their way';

/** As annotations are written: `2 → 0`, `not set → 10s`. */
export function valuesOf({ name, before, after }: SettingChange): string {
  return [before, after]
    .map((value) => (value === undefined ? 'not set' : writeSetting(name, value)))
    .join(' → ');
}

/** The first of a list, and how many there are besides. */
export function cut<Item>(
  items: readonly Item[],
  most: number,
): { readonly shown: readonly Item[]; readonly more: number } {
  const shown = items.slice(0, most);
  return { shown, more: items.length - shown.length };
}
