import { compareText, type ObjectReference } from '@portolan/core';
import { findService, type ForwardDecision, type Snapshot } from '@portolan/engine';
import type { TrafficSettings } from '@portolan/settings';

import type { ExplainedSetting } from '../explanation/explanation.ts';

/** What annotations say of the request, and hold: of its rule's object before its Service. Sorted by name. */
export function explainedSettings(
  snapshot: Snapshot,
  { route, service, settings }: ForwardDecision,
): readonly ExplainedSetting[] {
  const { namespace, name } = service;
  const byName = new Map<keyof TrafficSettings, ExplainedSetting>();
  const add = (said: TrafficSettings = {}, by: ObjectReference): void => {
    let field: keyof TrafficSettings;
    for (field in said) {
      const value = said[field];
      if (value !== undefined) byName.set(field, { name: field, value, by });
    }
  };
  add(findService(snapshot, `${namespace}/${name}`)?.settings, {
    kind: 'Service',
    namespace,
    name,
  });
  if (route) {
    const by = { kind: route.kind, namespace: route.namespace, name: route.name };
    add(snapshot.routeSettings[`${by.kind} ${by.namespace}/${by.name}`], by);
  }
  return [...byName.values()]
    .filter((each) => JSON.stringify(each.value) === JSON.stringify(settings[each.name]))
    .toSorted((a, b) => compareText(a.name, b.name));
}
