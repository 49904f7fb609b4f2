import { podClient, type HeartbeatOptions } from '../pod-client/pod-client.ts';

/**
 * Takes back what `heartbeat` did: the Pod turns unready, so that no new requests come, then it is deleted, and its Lease.
 *
 * @throws {RegisterError}
 */
export async function withdraw(options: HeartbeatOptions): Promise<void> {
  const client = podClient(options);
  await client.setReady(false);
  await client.remove();
}
