import type { SnapshotPort, SnapshotService } from './snapshot.ts';

/**
 * The port that a backend names, by number or by name. Of two ports with one number the one that carries TCP is meant,
 * since this is about HTTP.
 */
export function findPort(
  service: SnapshotService,
  port: number | string | undefined,
): SnapshotPort | undefined {
  let first: SnapshotPort | undefined;
  for (const each of service.ports) {
    if ((typeof port === 'number' ? each.port : each.name) !== port) continue;
    if (each.protocol === 'TCP') return each;
    first ??= each;
  }
  return first;
}
