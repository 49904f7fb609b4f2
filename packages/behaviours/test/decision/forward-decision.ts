import type { Endpoint } from '@portolan/core';
import type { ForwardDecision } from '@portolan/engine';
import { DEFAULT_SETTINGS } from '@portolan/settings';

import type { Errand } from '../errand/errand.ts';

/** The Decision to forward to an origin; whatever is not given is as plain as can be, and nothing is tried again. */
export function forwardDecision(
  { address = '127.0.0.1', port = 8080, others = [], settings }: Errand,
  changes: Partial<ForwardDecision> = {},
): ForwardDecision {
  const endpoint = endpointAt(address, port);
  return {
    outcome: 'forward',
    service: { namespace: 'shop', name: 'cart', port: 80, portName: '' },
    settings: { ...DEFAULT_SETTINGS, retries: 0, ...settings },
    endpoint,
    endpoints: [endpoint, ...others.map((other) => endpointAt('127.0.0.1', other))],
    path: '/',
    query: '',
    filters: [],
    ...changes,
  };
}

function endpointAt(address: string, port: number): Endpoint {
  return { address, addressType: 'IPv4', port, ready: true, serving: true, terminating: false };
}
