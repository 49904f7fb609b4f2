import { authority, type Endpoint } from '@portolan/core';

const keys = new WeakMap<Endpoint, string>();

/** `address:port`, put together once for each endpoint: it is asked for several times in each request. */
export function endpointKey(endpoint: Endpoint): string {
  let key = keys.get(endpoint);
  if (key === undefined) {
    key = authority(endpoint.address, endpoint.port);
    keys.set(endpoint, key);
  }
  return key;
}
