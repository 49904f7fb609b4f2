import type { OutlineParts } from '../build/outline.ts';
import { isSameShare, NO_SHARE, plus, shareOf, sharesOf, type Share } from '../snapshot/version.ts';

/** The parts of a Snapshot beside its Services, and what they add to its version. */
export interface Parts {
  readonly values: OutlineParts;
  readonly shares: { readonly [Name in keyof OutlineParts]: Share };
}

export function partsOf(values: OutlineParts): Parts {
  const { routes, routeSettings, frontends, nodeAddresses } = values;
  return {
    values,
    shares: {
      routes: shareOf('routes', '', routes),
      routeSettings: sharesOf('routeSettings', routeSettings),
      frontends: sharesOf('frontends', frontends),
      nodeAddresses: sharesOf('nodeAddresses', nodeAddresses),
    },
  };
}

/** The later parts, with the very objects of the earlier ones where they are the same. */
export function sharing(before: Parts, after: Parts): Parts {
  const kept = <Name extends keyof OutlineParts>(name: Name): OutlineParts[Name] =>
    isSameShare(before.shares[name], after.shares[name]) ? before.values[name] : after.values[name];
  return {
    values: {
      routes: kept('routes'),
      routeSettings: kept('routeSettings'),
      frontends: kept('frontends'),
      nodeAddresses: kept('nodeAddresses'),
    },
    shares: after.shares,
  };
}

export function shareOfAll({ shares }: Parts): Share {
  return Object.values(shares).reduce(plus, NO_SHARE);
}
