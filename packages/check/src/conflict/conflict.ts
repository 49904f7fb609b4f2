import { sourceName } from '@portolan/routing';

import type { Finding } from '../finding/finding.ts';
import type { Subject } from '../subject/subject.ts';
import { areAlike, locateEntry, placesOf, type LocatedEntry } from '../table-rule/table-rule.ts';

/** The rules that lose to an equal one, by `Kind namespace/name field`. */
export type Conflicts = ReadonlyMap<string, Conflict>;

interface Conflict {
  readonly loser: LocatedEntry;
  readonly winner: LocatedEntry;
}

export function conflictsOf(subject: Subject): Conflicts {
  const conflicts = new Map<string, Conflict>();
  for (const [index, { shadowedBy }] of subject.compiled.snapshot.routes.entries.entries()) {
    if (shadowedBy === undefined) continue;
    const loser = locateEntry(index, subject);
    const winner = locateEntry(shadowedBy, subject);
    if (loser && winner)
      conflicts.set(`${sourceName(loser.source)} ${loser.field}`, { loser, winner });
  }
  return conflicts;
}

/** Says which rule has the requests, and where it stands. */
export function conflict(finding: Finding, conflicts: Conflicts): Finding {
  const { object, field = '' } = finding;
  const found =
    object && conflicts.get(`${object.kind} ${object.namespace}/${object.name} ${field}`);
  if (found === undefined) return finding;
  const { loser, winner } = found;
  const isOwn = loser.manifest === winner.manifest;
  const owner = isOwn ? 'another rule of this object' : sourceName(winner.source);
  const isAlike = areAlike(loser.backends, winner.backends);
  const said = `${owner} has all requests for ${loser.called}`;
  return {
    ...finding,
    severity: isAlike ? 'notice' : finding.severity,
    message: isAlike
      ? `${said}, and sends them to the same backend: this rule is one too many`
      : `${said}: this rule gets none`,
    remedy: 'remove one of the two rules',
    related: placesOf(winner, 'this rule has them'),
  };
}
