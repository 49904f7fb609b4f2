/** This machine has no descriptors, memory or ports left. */
const OWN_FAULTS: ReadonlySet<unknown> = new Set([
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
]);

/** Whether an endpoint is not to blame for that it was not reached. */
export function isOwnFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && OWN_FAULTS.has(error.code);
}
