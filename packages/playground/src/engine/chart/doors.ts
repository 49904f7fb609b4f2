import { findService } from '@portolan/engine';
import { drawRule, verdictOnAll, verdictOnPort, type Verdict } from '@portolan/graph';

import type { Card } from '../../protocol/chart.ts';
import { choose, saidFits } from './choose.ts';
import type { Drawing } from './drawing.ts';
import {
  frontendText,
  ingressId,
  type Door,
  type FrontendDoor,
  type IngressDoor,
} from './outline.ts';
import type { RuleCard } from './rules.ts';

/** A door that is drawn, with its card. */
export interface DoorCard {
  readonly door: Door;
  readonly card: Card;
}

/** The door that the request comes through, those of the rules that are drawn, and the others. */
export function doorCards(drawing: Drawing, rules: readonly RuleCard[]): readonly DoorCard[] {
  const { outline, way, fits, entrance, known } = drawing;
  function* items(): Iterable<Door> {
    const lit = outline.doorById.get(way.door ?? '');
    if (lit) yield lit;
    for (const { node } of rules) {
      const door = outline.doorById.get(ingressId(node.source));
      if (door) yield door;
    }
    yield* outline.ingresses;
    yield* outline.frontends[entrance];
  }
  const chosen = choose(
    items(),
    ({ id }) => id,
    (door) => saidFits(fits, saidOf(door), door.kind),
  );
  return chosen.map((door) => {
    const { status, reason } = verdictOn(door, drawing);
    const line =
      door.kind === 'Ingress' ? lineOf(door, drawing) : known.lineOf('Service', door.service);
    return {
      door,
      card: {
        id: door.id,
        kind: door.kind,
        ...saidOf(door),
        status,
        ...(reason !== undefined && { reason }),
        lit: door.id === way.door,
        ...(line !== undefined && { line }),
      },
    };
  });
}

/** How many doors there are, for this client. */
export function doorCount({ outline, entrance }: Drawing): number {
  return outline.ingresses.length + outline.frontends[entrance].length;
}

const MOST_HOSTS = 3;

function saidOf(door: Door): Pick<Card, 'lines' | 'title'> {
  if (door.kind === 'Ingress') {
    const { source, rules } = door;
    const hosts = [...new Set(rules.map(({ outline }) => outline.host ?? 'every host'))];
    const more = hosts.length - MOST_HOSTS;
    return {
      title: `${source.namespace}/${source.name}`,
      lines: more > 0 ? [...hosts.slice(0, MOST_HOSTS), `and ${more} more`] : hosts,
    };
  }
  return {
    title: frontendText(door),
    lines: [
      `Service ${door.service}`,
      ...(door.protocol === 'TCP' ? [] : [door.protocol]),
      ...(door.sourceRanges ? [`for clients from ${door.sourceRanges.join(', ')}`] : []),
    ],
  };
}

function lineOf(
  { source: { kind, namespace, name } }: IngressDoor,
  { known }: Drawing,
): number | undefined {
  return known.lineOf(kind, `${namespace}/${name}`);
}

function verdictOn(door: Door, drawing: Drawing): Verdict {
  if (door.kind === 'Frontend') return verdictOnFrontend(door, drawing);
  const asked = door.rules.filter(({ isShadowed }) => !isShadowed);
  if (asked.length === 0)
    return { status: 'shadowed', reason: 'other rules take all of its requests' };
  return verdictOnAll(asked.map((rule) => drawRule(drawing.snapshot, rule).node));
}

/** How the port of the Service fares that is knocked at. */
export function verdictOnFrontend(
  { service: key, portName }: FrontendDoor,
  { snapshot }: Pick<Drawing, 'snapshot'>,
): Verdict {
  const service = findService(snapshot, key);
  const port = service?.ports.find(({ name }) => name === portName);
  return verdictOnPort(port?.endpoints ?? [], { ipFamilies: service?.ipFamilies ?? [] });
}
