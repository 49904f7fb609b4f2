import { authority, parseIP, type Endpoint } from '@portolan/core';
import type { Dialer } from '@portolan/proxy';

import type { Overrides } from '../host/host.ts';

/** A dialer that finds endpoints where they listen in truth. */
export function withOverrides({ name, dial }: Dialer, overrides: () => Overrides): Dialer {
  return {
    name,
    dial: (target) => dial({ ...target, endpoint: moved(target.endpoint, overrides()) }),
  };
}

function moved(endpoint: Endpoint, overrides: Overrides): Endpoint {
  const to = overrides[authority(endpoint.address, endpoint.port)];
  const colon = to?.lastIndexOf(':') ?? -1;
  if (to === undefined || colon < 0) return endpoint;
  const address = to.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  const addressType = parseIP(address)?.family ?? 'FQDN';
  return { ...endpoint, address, addressType, port: Number(to.slice(colon + 1)) };
}
