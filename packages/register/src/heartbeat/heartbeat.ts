import { podClient, type HeartbeatOptions } from '../pod-client/pod-client.ts';

/**
 * Registers a Pod, or keeps it alive, once: for what doesn't live long, as a Worker with a cron trigger or a Durable Object with
 * an alarm. To be called well within each `leaseDurationSeconds`.
 *
 * @throws {RegisterError}
 */
export async function heartbeat(options: HeartbeatOptions): Promise<void> {
  const client = podClient(options);
  if (!(await client.renew())) await client.create(true);
}
