import type { Endpoint } from '@portolan/core';

/** One ready endpoint for each weight, with addresses from 10.0.0.0 on, at port 80. */
export function endpointsOf(weights: readonly (number | undefined)[]): readonly Endpoint[] {
  return weights.map((weight, index) => ({
    address: `10.0.${index >> 8}.${index & 255}`,
    addressType: 'IPv4',
    port: 80,
    ready: true,
    serving: true,
    terminating: false,
    ...(weight !== undefined && { weight }),
  }));
}
