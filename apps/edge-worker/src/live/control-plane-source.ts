import type { SnapshotSource } from './snapshot-source.ts';
import { readUpdate } from './snapshot-update.ts';

/** Milliseconds after which the control plane is given up for this time. */
const TIMEOUT = 5_000;

/** Asks the control plane, by a service binding to its entrypoint `Edge`. */
export function controlPlaneSource(binding: Pick<Fetcher, 'fetch'>): SnapshotSource {
  return {
    name: 'control-plane',
    latest: async (version) => {
      const response = await binding.fetch(`http://control-plane/snapshot?since=${version}`, {
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (response.status === 304) return undefined;
      if (response.ok) return readUpdate(response.body);
      await response.body?.cancel();
      throw new Error(`status ${response.status}`);
    },
  };
}
