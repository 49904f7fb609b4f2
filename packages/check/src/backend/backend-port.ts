import type { SnapshotPort, SnapshotService } from '@portolan/engine';

/** The port that a backend names, by number or by name; of two with one number the one that carries TCP. */
export function backendPort(
  { ports }: SnapshotService,
  wanted: number | string | undefined,
): SnapshotPort | undefined {
  const named = ports.filter(({ name, port }) =>
    typeof wanted === 'number' ? port === wanted : name === wanted,
  );
  return named.find(({ protocol }) => protocol === 'TCP') ?? named[0];
}
