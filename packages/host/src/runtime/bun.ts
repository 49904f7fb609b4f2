import { serve } from '@portolan/bun';
import { url } from '@portolan/proxy';

import type { HostRuntime } from '../host/host.ts';

/** Bun: `Bun.serve`, and its `fetch`, which keeps Host. */
export function bun(): HostRuntime {
  return {
    name: 'bun',
    serve: (handler, options) => serve(handler, options),
    dialers: (overrides) => [url({ overrides })],
  };
}
