import { eligibleEndpoints, type Endpoint, type TrafficClient } from '@portolan/core';

const found = new WeakMap<readonly Endpoint[], Map<string, readonly Endpoint[]>>();

/**
 * `eligibleEndpoints`, found once for each way in: the same array for the same client, so that policies can keep what they
 * made of it.
 */
export function eligible(
  endpoints: readonly Endpoint[],
  client: TrafficClient,
): readonly Endpoint[] {
  let byClient = found.get(endpoints);
  if (byClient === undefined) found.set(endpoints, (byClient = new Map()));
  const { trafficPolicy, node = '', zone = '', anyNode = false, families = [] } = client;
  const key = `${trafficPolicy} ${node} ${zone} ${anyNode} ${families.join()}`;
  let some = byClient.get(key);
  if (some === undefined) byClient.set(key, (some = eligibleEndpoints(endpoints, client)));
  return some;
}
