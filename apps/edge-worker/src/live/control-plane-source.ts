import type { SnapshotSource, SnapshotUpdate } from './snapshot-source.ts';

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
      if (response.ok) return response.json<SnapshotUpdate>();
      await response.body?.cancel();
      throw new Error(`control plane: ${response.status}`);
    },
  };
}
