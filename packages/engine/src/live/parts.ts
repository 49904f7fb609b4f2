import type { RoutesOutline, ServicesOutline } from '../build/outline.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { isSameShare, NO_SHARE, plus, shareOf, sharesOf, type Share } from '../snapshot/version.ts';

/** A part of a Snapshot, and what it adds to the version. */
interface Part<Value> {
  readonly value: Value;
  readonly share: Share;
}

type PartName = keyof RoutesOutline['parts'] | keyof ServicesOutline['parts'];

/** The parts of a Snapshot beside its Services. */
export type Parts = { readonly [Name in PartName]: Part<Snapshot[Name]> };

export function routeParts({
  routes,
  routeSettings,
}: RoutesOutline['parts']): Pick<Parts, 'routes' | 'routeSettings'> {
  return {
    routes: { value: routes, share: shareOf('routes', '', routes) },
    routeSettings: { value: routeSettings, share: sharesOf('routeSettings', routeSettings) },
  };
}

export function serviceParts({
  frontends,
  nodeAddresses,
}: ServicesOutline['parts']): Pick<Parts, 'frontends' | 'nodeAddresses'> {
  return {
    frontends: { value: frontends, share: sharesOf('frontends', frontends) },
    nodeAddresses: { value: nodeAddresses, share: sharesOf('nodeAddresses', nodeAddresses) },
  };
}

/** The parts with later ones, but for those that are the same: they stay the very same objects. */
export function sharing(before: Parts, after: Partial<Parts>): Parts {
  const kept = <Name extends PartName>(name: Name): Parts[Name] => {
    const later = after[name];
    return later === undefined || isSameShare(before[name].share, later.share)
      ? before[name]
      : later;
  };
  return {
    routes: kept('routes'),
    routeSettings: kept('routeSettings'),
    frontends: kept('frontends'),
    nodeAddresses: kept('nodeAddresses'),
  };
}

export function shareOfAll(parts: Parts): Share {
  return Object.values(parts).reduce((sum, { share }) => plus(sum, share), NO_SHARE);
}
