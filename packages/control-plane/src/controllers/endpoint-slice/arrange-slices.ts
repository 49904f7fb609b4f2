import type { EndpointSlice } from '@portolan/core';

import { groupKey, type SliceEndpoint, type SliceGroup } from './wanted-slices.ts';

/** What a slice is to say; `slice` is the one that is there, absent where it is to be made. */
export interface ArrangedSlice<Slice> extends SliceGroup {
  readonly slice?: Slice;
}

/** As in a cluster: `--max-endpoints-per-slice`. */
export const MAX_ENDPOINTS = 100;

/**
 * Spreads endpoints over slices so that little changes: an endpoint stays in the slice that it is in, new ones fill slices
 * that change anyway, then others that have room, and a slice that is no longer needed becomes a new one of its address type.
 *
 * @returns Every slice that is to be there. Those of `existing` that are not among them are to go.
 */
export function arrangeSlices<Slice extends EndpointSlice>(
  groups: readonly SliceGroup[],
  existing: readonly Slice[],
): readonly ArrangedSlice<Slice>[] {
  const byGroup = Map.groupBy(existing, groupKey);
  const arranged = groups.flatMap((group) =>
    arrangeGroup(group, byGroup.get(groupKey(group)) ?? []),
  );
  const used = new Set(arranged.map(({ slice }) => slice));
  const free = existing.filter((slice) => !used.has(slice));
  return arranged.map((each) => {
    if (each.slice !== undefined) return each;
    const index = free.findIndex(({ addressType }) => addressType === each.addressType);
    const [slice] = index < 0 ? [] : free.splice(index, 1);
    return slice === undefined ? each : { ...each, slice };
  });
}

function arrangeGroup<Slice extends EndpointSlice>(
  { endpoints, ...group }: SliceGroup,
  existing: readonly Slice[],
): readonly ArrangedSlice<Slice>[] {
  const left = new Map(endpoints.map((endpoint) => [identity(endpoint), endpoint]));
  const kept = existing.map((slice) => {
    const staying = (slice.endpoints ?? []).flatMap((endpoint) => {
      const wanted = left.get(identity(endpoint));
      left.delete(identity(endpoint));
      return wanted ?? [];
    });
    const changes = staying.length !== slice.endpoints?.length;
    return { slice, changes, endpoints: staying };
  });
  const added = [...left.values()];
  const filled = kept
    .toSorted((a, b) => Number(b.changes) - Number(a.changes))
    .map(({ slice, endpoints: staying }) => ({
      ...group,
      slice,
      endpoints: [...staying, ...added.splice(0, Math.max(0, MAX_ENDPOINTS - staying.length))],
    }));
  const full = filled.filter((each) => each.endpoints.length > 0);
  const fresh = Array.from({ length: Math.ceil(added.length / MAX_ENDPOINTS) }, (_, index) => ({
    ...group,
    endpoints: added.slice(index * MAX_ENDPOINTS, (index + 1) * MAX_ENDPOINTS),
  }));
  const all = [...full, ...fresh];
  return all.length > 0 ? all : [filled[0] ?? { ...group, endpoints: [] }];
}

/** The same Pod at the same address is the same endpoint, whatever becomes of it. */
function identity({ addresses, targetRef }: SliceEndpoint): string {
  return `${addresses[0]} ${targetRef?.name} ${targetRef?.uid}`;
}
