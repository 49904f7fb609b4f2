import type { ObjectKey } from '@portolan/core';
import { findService, type SnapshotPort } from '@portolan/engine';
import { serviceId, verdictOnService, type Verdict } from '@portolan/graph';

import type { Card } from '../../protocol/chart.ts';
import { choose, saidFits } from './choose.ts';
import type { DoorCard } from './doors.ts';
import type { Drawing } from './drawing.ts';
import type { Target } from './outline.ts';
import type { RuleCard } from './rules.ts';

/** A Service that is drawn, or what else rules lead to, with its card. */
export interface ServiceCard {
  readonly target: Target;
  readonly key: ObjectKey;
  readonly card: Card;
}

/** The Service that the request comes to, those that what is drawn leads to, and the others. */
export function serviceCards(
  drawing: Drawing,
  rules: readonly RuleCard[],
  doors: readonly DoorCard[],
): readonly ServiceCard[] {
  const { outline, way, fits, known } = drawing;
  function* items(): Iterable<Target> {
    const ids = [
      ...(way.service === undefined ? [] : [way.service]),
      ...rules.flatMap(({ backends }) => backends.map(({ edge }) => edge.to)),
      ...doors.flatMap(({ door }) => (door.kind === 'Frontend' ? serviceId(door.service) : [])),
    ];
    for (const id of ids) {
      const target = outline.targetById.get(id);
      if (target) yield target;
    }
    yield* outline.targets;
  }
  const chosen = choose(
    items(),
    ({ id }) => id,
    (target) => saidFits(fits, saidOf(target, drawing), target.kind),
  );
  return chosen.map((target) => {
    const key = keyOf(target);
    const { status, reason } = verdictOn(target, drawing);
    const line = known.lineOf(target.object.kind, key);
    return {
      target,
      key,
      card: {
        id: target.id,
        kind: target.kind,
        ...saidOf(target, drawing),
        status,
        ...(reason !== undefined && { reason }),
        lit: target.id === way.service,
        ...(line !== undefined && { line }),
      },
    };
  });
}

function keyOf({ object: { namespace, name } }: Target): ObjectKey {
  return `${namespace}/${name}`;
}

function saidOf(target: Target, { snapshot, known }: Drawing): Pick<Card, 'lines' | 'title'> {
  const key = keyOf(target);
  const { kind, group, object } = target;
  if (kind === 'Resource') {
    return { title: key, lines: [group === '' ? object.kind : `${object.kind}.${group}`] };
  }
  const type = known.serviceTypeOf(key);
  const ports = (findService(snapshot, key)?.ports ?? []).map(portText);
  return { title: key, lines: [...(type === undefined ? [] : [type]), ...ports] };
}

function portText({ name, port, protocol }: SnapshotPort): string {
  const number = protocol === 'TCP' ? String(port) : `${port} ${protocol}`;
  return `port ${name === '' ? number : `${name} ${number}`}`;
}

function verdictOn({ kind, object, ...target }: Target, { snapshot }: Drawing): Verdict {
  if (kind === 'Resource') {
    return { status: 'missing', reason: `no plugin serves backends of kind ${object.kind}` };
  }
  const key = keyOf({ kind, object, ...target });
  const service = findService(snapshot, key);
  return service
    ? verdictOnService(service)
    : { status: 'missing', reason: `Service ${key} does not exist` };
}
