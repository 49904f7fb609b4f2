import {
  sourceName,
  type UnreachableDefaultBackend,
  type UnreachableEntry,
} from '@portolan/routing';

import { findingAt, relatedPlace, type Said } from '../finding/at.ts';
import type { Finding, RelatedPlace } from '../finding/finding.ts';
import { listed } from '../sentence/sentence.ts';
import type { Rule, Subject } from '../subject/subject.ts';
import { areAlike, locateEntry, placesOf, type LocatedEntry } from '../table-rule/table-rule.ts';

/** Rules and default backends that never win, with those that take their requests. Of equal rules `conflict` says more. */
export const rulesThatNeverWin: Rule = (subject) => {
  const { routes } = subject.compiled.snapshot;
  return subject.unreachable.flatMap((each) => {
    if (each.kind === 'defaultBackend') return defaultBackendFinding(each, subject) ?? [];
    if (routes.entries[each.entry]?.shadowedBy !== undefined) return [];
    return entryFinding(each, subject) ?? [];
  });
};

const MOST = 3;

function entryFinding(
  { entry, takers, proved }: UnreachableEntry,
  subject: Subject,
): Finding | undefined {
  const loser = locateEntry(entry, subject);
  if (loser?.manifest === undefined) return undefined;
  const winners = takers.flatMap((taker) => locateEntry(taker, subject) ?? []);
  const code = proved ? 'UnreachableRule' : 'PossiblyUnreachableRule';
  return findingAt(loser.manifest, loser.field, code, {
    ...(proved ? saidOfProved(loser, winners) : saidOfGuessed(loser, winners)),
    related: winners
      .slice(0, MOST)
      .flatMap((winner) => placesOf(winner, 'this rule has some of them')),
  });
}

function saidOfProved(loser: LocatedEntry, winners: readonly LocatedEntry[]): Said {
  if (winners.length === 0) {
    return { message: `no request fits ${loser.called}, so this rule never wins` };
  }
  const said = `all requests for ${loser.called} go to ${names(loser, winners)}`;
  const isAlike = winners.every(({ backends }) => areAlike(backends, loser.backends));
  return isAlike
    ? { severity: 'notice', message: `${said}, with the same backend: this rule is one too many` }
    : { message: `${said}: this rule never wins` };
}

function saidOfGuessed(loser: LocatedEntry, winners: readonly LocatedEntry[]): Said {
  const instead =
    winners.length === 0 ? '' : `: those that were tried go to ${names(loser, winners)}`;
  return { message: `no request was found that ${loser.called} would take${instead}` };
}

/** `PathPrefix /a on shop.example and Exact /b on shop.example (Ingress shop/web)`. */
function names(loser: LocatedEntry, winners: readonly LocatedEntry[]): string {
  return listed(
    winners.map((winner) =>
      winner.manifest === loser.manifest
        ? winner.called
        : `${winner.called} (${sourceName(winner.source)})`,
    ),
  );
}

function defaultBackendFinding(
  { defaultBackend, takers, askedBefore, proved }: UnreachableDefaultBackend,
  subject: Subject,
): Finding | undefined {
  const { compiled, manifests } = subject;
  const { defaultBackends } = compiled.snapshot.routes;
  const loser = defaultBackends[defaultBackend];
  const { kind = '', namespace = '', name = '' } = loser?.source ?? {};
  const manifest = manifests.findAny(kind, `${namespace}/${name}`);
  if (loser === undefined || manifest === undefined) return undefined;
  const asked = askedBefore.flatMap((index) => defaultBackends[index] ?? []);
  const others = listed(asked.map(({ source }) => `that of ${sourceName(source)}`));
  const taken = takers.length > 0 ? 'rules take every request of its hosts' : '';
  const reason =
    taken && others ? `${taken}, and elsewhere ${others} is asked` : taken || `${others} is asked`;
  const related = asked.slice(0, MOST).flatMap(({ source, field }): readonly RelatedPlace[] => {
    const other = manifests.findAny(source.kind, `${source.namespace}/${source.name}`);
    return other ? [relatedPlace(other, field, 'this default backend is asked')] : [];
  });
  const code = proved ? 'UnreachableRule' : 'PossiblyUnreachableRule';
  return findingAt(manifest, loser.field, code, {
    message: `this default backend answers no request: ${reason}`,
    related,
  });
}
