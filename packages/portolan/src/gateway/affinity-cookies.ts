import type { SettingsOptions, Snapshot } from '@portolan/engine';

/** The names of all affinity cookies that a Snapshot's Services and rules, or the options, ask for. */
export function affinityCookies(
  { services, routeSettings }: Pick<Snapshot, 'routeSettings' | 'services'>,
  settings: SettingsOptions,
): ReadonlySet<string> {
  const all = [
    settings.defaults,
    ...Object.values(settings.services ?? {}),
    ...Object.values(services).map((service) => service.settings),
    ...Object.values(routeSettings),
  ];
  return new Set(all.flatMap((each) => each?.affinityCookie ?? []));
}
