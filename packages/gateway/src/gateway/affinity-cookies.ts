import type { SettingsOptions, Snapshot } from '@portolan/engine';
import type { TrafficSettings } from '@portolan/settings';

/** The names of all affinity cookies that a Snapshot's Services and rules, or the options, ask for. */
export function affinityCookies(
  { services, routeSettings }: Pick<Snapshot, 'routeSettings' | 'services'>,
  settings: SettingsOptions,
): ReadonlySet<string> {
  return new Set([
    ...cookieNames([settings.defaults, ...Object.values(settings.services ?? {})]),
    ...services.flatMap((shard) =>
      found(shard, () => Object.values(shard).map((service) => service.settings)),
    ),
    ...found(routeSettings, () => Object.values(routeSettings)),
  ]);
}

const known = new WeakMap<object, readonly string[]>();

/** Looks once into each part of a Snapshot, since others may share it. */
function found(
  part: object,
  settingsIn: () => readonly (TrafficSettings | undefined)[],
): readonly string[] {
  let names = known.get(part);
  if (names === undefined) known.set(part, (names = cookieNames(settingsIn())));
  return names;
}

function cookieNames(all: readonly (TrafficSettings | undefined)[]): readonly string[] {
  return all.flatMap((each) => each?.affinityCookie ?? []);
}
