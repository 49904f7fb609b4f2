import type { ForwardDecision } from '@portolan/engine';
import { DEFAULT_SETTINGS } from '@portolan/settings';

/** A Decision to forward, to `http://127.0.0.1:8080/` unless told otherwise. */
export function forwardDecision(
  {
    address = '127.0.0.1',
    port = 8080,
  }: { readonly address?: string; readonly port?: number } = {},
  parts: Partial<ForwardDecision> = {},
): ForwardDecision {
  const endpoint: ForwardDecision['endpoint'] = {
    address,
    addressType: address.includes(':') ? 'IPv6' : /^[\d.]+$/.test(address) ? 'IPv4' : 'FQDN',
    port,
    ready: true,
    serving: true,
    terminating: false,
  };
  return {
    outcome: 'forward',
    service: { namespace: 'shop', name: 'cart', port: 80, portName: '' },
    settings: DEFAULT_SETTINGS,
    endpoint,
    endpoints: [endpoint],
    path: '/',
    query: '',
    filters: [],
    ...parts,
  };
}
