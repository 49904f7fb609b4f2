import { eligibleEndpoints, type Endpoint, type TrafficClient } from '@portolan/core';

interface Found {
  readonly client: TrafficClient;
  readonly eligible: readonly Endpoint[];
}

/** By the client's node: on one node there are few ways in. */
const found = new WeakMap<readonly Endpoint[], Map<string | undefined, Found[]>>();

/**
 * `eligibleEndpoints`, found once for each way in: the same array for the same client, so that policies can keep what they
 * made of it.
 */
export function eligible(
  endpoints: readonly Endpoint[],
  client: TrafficClient,
): readonly Endpoint[] {
  let byNode = found.get(endpoints);
  if (byNode === undefined) found.set(endpoints, (byNode = new Map()));
  let onNode = byNode.get(client.node);
  if (onNode === undefined) byNode.set(client.node, (onNode = []));
  const known = onNode.find((each) => isSame(each.client, client));
  if (known !== undefined) return known.eligible;
  const made = { client, eligible: eligibleEndpoints(endpoints, client) };
  onNode.push(made);
  return made.eligible;
}

/** Of two on one node. */
function isSame(one: TrafficClient, other: TrafficClient): boolean {
  return (
    one.trafficPolicy === other.trafficPolicy &&
    one.zone === other.zone &&
    one.anyNode === other.anyNode &&
    areSame(one.families, other.families)
  );
}

function areSame(
  some: TrafficClient['families'] = [],
  others: TrafficClient['families'] = [],
): boolean {
  return (
    some === others ||
    (some.length === others.length && some.every((family, at) => family === others[at]))
  );
}
