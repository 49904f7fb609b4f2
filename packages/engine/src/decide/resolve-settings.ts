import type { ObjectKey } from '@portolan/core';
import { DEFAULT_SETTINGS, type ResolvedSettings, type TrafficSettings } from '@portolan/settings';

import type { DecidedRoute } from '../decision/decision.ts';
import type { SnapshotService } from '../snapshot/snapshot.ts';
import type { Deciding, SettingsOptions } from './forward-to-service.ts';

/** What holds for a request: what its rule's object says, else its Service, else the options, else the defaults. */
export function resolveSettings(
  { snapshot, settings }: Pick<Deciding, 'settings' | 'snapshot'>,
  key: ObjectKey,
  service: SnapshotService,
  route: DecidedRoute | undefined,
): ResolvedSettings {
  const ofRoute = route && snapshot.routeSettings[`${route.kind} ${route.namespace}/${route.name}`];
  return above(ofService(settings, key, service), ofRoute).settings;
}

/** What holds for a Service, whoever leads to it: what it says itself, else the options, else the defaults. */
export function serviceSettings(
  service: SnapshotService,
  options: SettingsOptions = {},
): ResolvedSettings {
  return ofService(options, `${service.namespace}/${service.name}`, service).settings;
}

function ofService(
  { defaults, services }: SettingsOptions,
  key: ObjectKey,
  service: SnapshotService,
): Layers {
  return above(above(above(BASE, defaults), services?.[key]), service.settings);
}

interface Layers {
  readonly settings: ResolvedSettings;
  readonly above: WeakMap<TrafficSettings, Layers>;
}

const BASE: Layers = { settings: DEFAULT_SETTINGS, above: new WeakMap() };

/** What is above goes before what is below. Put together once for each combination. */
function above(layers: Layers, settings: TrafficSettings | undefined): Layers {
  if (settings === undefined) return layers;
  let next = layers.above.get(settings);
  if (next === undefined) {
    next = { settings: { ...layers.settings, ...given(settings) }, above: new WeakMap() };
    layers.above.set(settings, next);
  }
  return next;
}

/** Without what is `undefined`: that says nothing, and is no reason to forget what another layer says. */
function given(settings: TrafficSettings): TrafficSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
