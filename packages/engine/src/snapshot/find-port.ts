import type { SnapshotPort, SnapshotService } from './snapshot.ts';

/**
 * The port that a backend names, by number or by name. Of two ports with one number the one that carries TCP is meant,
 * since this is about HTTP.
 */
export function findPort(
  service: SnapshotService,
  port: number | string | undefined,
): SnapshotPort | undefined {
  const named = service.ports.filter((each) =>
    typeof port === 'number' ? each.port === port : each.name === port,
  );
  return named.find((each) => each.protocol === 'TCP') ?? named[0];
}
