import type { Chart } from '../../protocol/chart.ts';
import { doorCards, doorCount } from './doors.ts';
import type { Drawing } from './drawing.ts';
import { endpointCards, endpointCount } from './endpoints.ts';
import { linksOf } from './links.ts';
import { ruleCards } from './rules.ts';
import { serviceCards } from './services.ts';

/** Draws the way of a request and what is beside it, as much of it as is drawn. */
export function chartOf(drawing: Drawing): Chart {
  const { outline } = drawing;
  const rules = ruleCards(drawing);
  const doors = doorCards(drawing, rules);
  const services = serviceCards(drawing, rules, doors);
  const endpoints = endpointCards(drawing, services);
  return {
    columns: [
      { kind: 'doors', cards: doors.map(({ card }) => card), total: doorCount(drawing) },
      { kind: 'rules', cards: rules.map(({ card }) => card), total: outline.rules.length },
      { kind: 'services', cards: services.map(({ card }) => card), total: outline.targets.length },
      { kind: 'endpoints', cards: endpoints, total: endpointCount(drawing) },
    ],
    links: linksOf(drawing, { doors, rules, services, endpoints }),
  };
}
