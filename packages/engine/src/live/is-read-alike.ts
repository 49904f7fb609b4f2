import type { Resource } from '@portolan/core';

import { isSameJSON } from '../snapshot/same-json.ts';

/**
 * Whether nothing that counts is another, so that what followed from the object before follows from it now: writes that
 * renew the resource version, a heartbeat, or a status that nobody reads.
 */
export function isReadAlike(one: Resource, other: Resource): boolean {
  return isSameJSON(whatCounts(one), whatCounts(other));
}

function whatCounts(resource: Resource): unknown {
  // An admitted Service is handed out as it was given.
  if (resource.kind === 'Service') return resource;
  const { labels, annotations, creationTimestamp } = resource.metadata;
  const metadata = { labels, annotations, creationTimestamp };
  if (resource.kind === 'Node') {
    const { spec, status: { addresses, conditions } = {} } = resource;
    const read = conditions?.map(({ type, status }) => ({ type, status }));
    return { metadata, spec: { podCIDRs: spec?.podCIDRs }, addresses, conditions: read };
  }
  return { ...resource, metadata, status: undefined };
}
