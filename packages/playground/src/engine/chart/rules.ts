import { drawRule, type DrawnRule, type OutlinedRule } from '@portolan/graph';

import type { Card } from '../../protocol/chart.ts';
import { choose, saidFits } from './choose.ts';
import type { Drawing } from './drawing.ts';

/** A rule that is drawn, with its card. */
export interface RuleCard extends DrawnRule {
  readonly card: Card;
}

/** The rule that takes the request, those that nearly did, and the others. */
export function ruleCards({ outline, way, fits, snapshot, known }: Drawing): readonly RuleCard[] {
  const { rule, near, lost } = way;
  const items = [...(rule ? [rule] : []), ...near];
  const chosen = choose(
    chain(items, outline.rules),
    (each) => each.outline.id,
    (each) => saidFits(fits, saidOf(each), sourceText(each)),
  );
  return chosen.map((each) => {
    const drawn = drawRule(snapshot, each);
    const { id, source, field } = each.outline;
    const { status, reason } = drawn.node;
    const why = lost.get(id);
    const line = known.lineOf(source.kind, `${source.namespace}/${source.name}`, field);
    return {
      ...drawn,
      card: {
        id,
        kind: 'Rule',
        ...saidOf(each),
        status,
        ...(reason !== undefined && { reason }),
        lit: each === rule,
        ...(why !== undefined && each !== rule && { lost: why }),
        ...(line !== undefined && { line }),
      },
    };
  });
}

function* chain<Item>(...lists: readonly Iterable<Item>[]): Iterable<Item> {
  for (const list of lists) yield* list;
}

const TYPES = {
  Exact: 'exactly this path',
  PathPrefix: 'and all paths below',
  RegularExpression: 'as a regular expression',
} as const;

function saidOf({ outline }: OutlinedRule): Pick<Card, 'lines' | 'title'> {
  const { host, path, pathType, conditions, redirect } = outline;
  if (path === undefined) return { title: 'every other request', lines: [] };
  return {
    title: `${host ?? '*'}${path}`,
    lines: [
      ...(pathType ? [TYPES[pathType]] : []),
      ...conditions,
      ...(redirect === undefined ? [] : [`redirect ${redirect}`]),
    ],
  };
}

function sourceText({ outline: { source } }: OutlinedRule): string {
  return `${source.kind} ${source.namespace}/${source.name}`;
}
