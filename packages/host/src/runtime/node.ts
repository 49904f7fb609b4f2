import { serve, socket } from '@portolan/node';

import type { HostRuntime } from '../host/host.ts';
import { withOverrides } from './with-overrides.ts';

/** Node: sockets of its own. */
export function node(): HostRuntime {
  return {
    name: 'node',
    serve: (handler, options) => serve(handler, options),
    dialers: (overrides) => [withOverrides(socket(), overrides)],
  };
}
