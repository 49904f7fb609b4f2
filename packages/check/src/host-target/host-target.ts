import type { Target } from '@portolan/proxy';

/** Whether a machine is to run it, as `portolan serve` does: one that has sockets of its own and ends TLS. */
export function isHostTarget(target: Target | undefined): boolean {
  return target !== undefined && target !== 'workers';
}
