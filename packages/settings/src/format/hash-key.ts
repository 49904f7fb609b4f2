import type { HashKey } from '@portolan/balancing';

import { isQueryParamName, isToken } from '../constraint/constraint.ts';
import type { Format } from './format.ts';

/** What of a request hashing goes by: `header:x-user`. */
export const hashKey: Format<HashKey> = {
  expected: 'client-address, or header:, cookie: or query: and a name',
  read: (text) => {
    if (text === 'client-address') return { type: 'ClientAddress' };
    const [source = '', ...rest] = text.split(':');
    const name = rest.join(':');
    switch (source) {
      case 'header':
        return isToken(name) ? { type: 'Header', name: name.toLowerCase() } : undefined;
      case 'cookie':
        return isToken(name) ? { type: 'Cookie', name } : undefined;
      case 'query':
        return isQueryParamName(name) ? { type: 'QueryParam', name } : undefined;
      default:
        return undefined;
    }
  },
  write: (key) => {
    if (key.type === 'ClientAddress') return 'client-address';
    return `${{ Header: 'header', Cookie: 'cookie', QueryParam: 'query' }[key.type]}:${key.name}`;
  },
};
