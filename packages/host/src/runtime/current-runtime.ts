import { versions } from 'node:process';

import type { HostRuntime } from '../host/host.ts';

/** The runtime that this runs on. Only what it needs is loaded. */
export async function currentRuntime(): Promise<HostRuntime> {
  if (versions['bun'] !== undefined) return (await import('./bun.ts')).bun();
  if (versions['deno'] !== undefined) return (await import('./deno.ts')).deno();
  return (await import('./node.ts')).node();
}
