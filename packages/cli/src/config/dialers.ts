import { socket } from '@portolan/node';
import { serviceBinding, url, vpcNetwork, type Dialer, type Target } from '@portolan/proxy';

import type { Configuration } from './schema.ts';
import { unused } from './unused-binding.ts';

/** The dialers of the configuration, to be asked what they could reach from `target`; absent: those of the target. */
export function configuredDialers(
  { dialers }: Configuration,
  target: Target | undefined,
): readonly Dialer[] | undefined {
  return dialers?.map((options) => {
    switch (options.dialer) {
      case 'url':
        return url({ ...options, target });
      case 'socket':
        return socket(options);
      case 'service':
        return serviceBinding(unused, options);
      case 'vpcNetwork':
        return vpcNetwork(unused, options);
    }
  });
}
