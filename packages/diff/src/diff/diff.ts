import type { CompiledWithStandIns } from '@portolan/compile';
import { compareText } from '@portolan/core';

import {
  changeKey,
  comparisonOf,
  type Comparison,
  type Difference,
} from '../compare/comparison.ts';
import { dnsChanges } from '../dns/dns-changes.ts';
import { compareFrontends } from '../frontends/compare-frontends.ts';
import { CHANGE_KINDS } from '../observe/change-kinds.ts';
import { witnessOf } from '../probe/probe.ts';
import { compareRoutes } from '../routes/compare-routes.ts';
import { settingChanges } from '../settings/setting-changes.ts';
import { sideOf } from '../side/side.ts';
import { numbering } from '../side/signatures.ts';
import type { Change, Diff, Witness } from './diff-result.ts';

export interface DiffOptions {
  /** How many witnesses each change is given at most; 5 by default, 1 at least. */
  readonly witnesses?: number;
}

/**
 * Which requests change between two sets of manifests. Pure: equal arguments give an equal result.
 *
 * Where anything that anybody outside or behind can observe about a request differs, one of the changes covers it, as long as
 * the result is `complete`. Not observable are names and places of rules, names and addresses of stand-ins, and which
 * addresses were given to Services that fix none: at such an address requests are compared where both sides gave it to the
 * same Service; else its names in DNS stand for it. At an address of a Service that only one side has, a path that can't be
 * read (`/%`) is left to the other changes there. How requests are treated on their way (retries, timeouts, limits) is
 * compared object by object, as `settings`.
 */
export function diff(
  before: CompiledWithStandIns,
  after: CompiledWithStandIns,
  options: DiffOptions = {},
): Diff {
  const number = numbering();
  const comparison = comparisonOf(sideOf(before, number), sideOf(after, number));
  if (comparison.before.digest !== comparison.after.digest) {
    compareRoutes(comparison, number);
    compareFrontends(comparison);
  }
  const { differences, compared, complete } = comparison;
  const most = Math.max(1, options.witnesses ?? 5);
  return {
    changes: [...Map.groupBy(differences, changeKey).values()]
      .flatMap((alike) => changeOf(comparison, alike, most))
      .toSorted(bySeverity),
    dns: dnsChanges(comparison.before, comparison.after),
    settings: settingChanges(before.compiled, after.compiled),
    compared,
    complete,
  };
}

function changeOf(
  { before: { allocated }, after: { allocated: stillAllocated } }: Comparison,
  alike: readonly Difference[],
  most: number,
): readonly Change[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { kinds, before, after } = first;
  // Nobody knows an address that was given out here, as long as there is a name.
  const named = alike.filter(
    ({ probe: { host } }) => !(allocated.has(host) && stillAllocated.has(host)),
  );
  const witnesses = (named.length > 0 ? named : alike)
    .map(({ probe }) => witnessOf(probe))
    .toSorted(byTelling);
  return [
    {
      kinds,
      before: before.outcome,
      after: after.outcome,
      takenBy: {
        ...(before.takenBy !== undefined && { before: before.takenBy }),
        ...(after.takenBy !== undefined && { after: after.takenBy }),
      },
      witnesses: witnesses.slice(0, most),
      witnessCount: witnesses.length,
    },
  ];
}

/** What people would type comes first: nothing special about it, from outside, a name, a short URL. */
function byTelling(a: Witness, b: Witness): number {
  return specialties(a) - specialties(b) || compareWitnesses(a, b);
}

function specialties({ method, headers, from, node, zone }: Witness): number {
  const circumstances = [from, node, zone].filter((each) => each !== undefined);
  return Number(method !== 'GET') + Object.keys(headers).length + circumstances.length;
}

function compareWitnesses(a: Witness, b: Witness): number {
  return (
    compareText(a.entrance, b.entrance) ||
    a.url.length - b.url.length ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

function bySeverity(a: Change, b: Change): number {
  const [[first], [second]] = [a.witnesses, b.witnesses];
  if (first === undefined || second === undefined) return 0;
  return (
    severity(a) - severity(b) ||
    compareText(first.entrance, second.entrance) ||
    compareText(first.url, second.url) ||
    byTelling(first, second)
  );
}

function severity({ kinds }: Change): number {
  return CHANGE_KINDS.findIndex((kind) => kinds.includes(kind));
}
