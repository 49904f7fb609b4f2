import * as v from 'valibot';

/** Milliseconds in which what was written before has become a Snapshot: the control plane's holdoff at most, and a little. */
const PUBLISHED = 300;

const StatusSchema = v.object({
  version: v.string(),
  source: v.string(),
  checkedAt: v.optional(v.number()),
});

/**
 * Waits until the edge worker serves all that was written to the resource API before.
 *
 * @returns The version of the Snapshot that it serves.
 * @throws after ten seconds.
 */
export async function untilServed(worker: URL, token: string): Promise<string> {
  const from = Date.now() + PUBLISHED;
  const until = from + 10_000;
  for (;;) {
    // oxlint-disable no-await-in-loop -- one look after another
    await new Promise((resolve) => setTimeout(resolve, 50));
    const response = await fetch(new URL('/.portolan/snapshot', worker), {
      headers: { authorization: `Bearer ${token}` },
    });
    const { version, source, checkedAt = 0 } = v.parse(StatusSchema, await response.json());
    // oxlint-enable no-await-in-loop
    if (source === 'control-plane' && checkedAt > from) return version;
    if (Date.now() > until)
      throw new Error(`the edge worker still serves a Snapshot from ${source}`);
  }
}
