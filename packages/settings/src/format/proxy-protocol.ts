import type { ProxyProtocol } from '../traffic-settings/traffic-settings.ts';
import type { Format } from './format.ts';

/** A version of the PROXY protocol. */
export const proxyProtocol: Format<ProxyProtocol> = {
  expected: 'v2',
  read: (text) => (text === 'v2' ? 'V2' : undefined),
  write: () => 'v2',
};
