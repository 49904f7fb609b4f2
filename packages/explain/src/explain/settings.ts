import { compareText, type ObjectReference } from '@portolan/core';
import type { ForwardDecision, Snapshot } from '@portolan/engine';

import type { ExplainedSetting } from '../explanation/explanation.ts';

/** What annotations say of the request, and hold: of its rule's object before its Service. Sorted by name. */
export function explainedSettings(
  { services, routeSettings }: Snapshot,
  { route, service, settings }: ForwardDecision,
): readonly ExplainedSetting[] {
  const { namespace, name } = service;
  const byName = new Map<string, ExplainedSetting>();
  const add = (said: object | undefined, by: ObjectReference): void => {
    for (const [setting, value] of Object.entries(said ?? {})) {
      byName.set(setting, { name: setting, value, by });
    }
  };
  add(services[`${namespace}/${name}`]?.settings, { kind: 'Service', namespace, name });
  if (route) {
    const by = { kind: route.kind, namespace: route.namespace, name: route.name };
    add(routeSettings[`${by.kind} ${by.namespace}/${by.name}`], by);
  }
  const holding = new Map<string, unknown>(Object.entries(settings));
  return [...byName.values()]
    .filter((each) => JSON.stringify(each.value) === JSON.stringify(holding.get(each.name)))
    .toSorted((a, b) => compareText(a.name, b.name));
}
