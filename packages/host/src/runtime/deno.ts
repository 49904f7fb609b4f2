import { serve } from '@portolan/deno';
import { url } from '@portolan/proxy';

import type { HostRuntime } from '../host/host.ts';

/** Deno: `Deno.serve`, and its `fetch`, which keeps Host. */
export function deno(): HostRuntime {
  return {
    name: 'deno',
    serve: (handler, options) => serve(handler, options),
    dialers: (overrides) => [url({ overrides })],
  };
}
