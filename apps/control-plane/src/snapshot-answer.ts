import type { SnapshotFeed } from '@portolan/control-plane';

import { snapshotStream } from './snapshot-stream.ts';

/**
 * Answers an edge worker that asks for what is new: 304 where it has the last Snapshot, else JSON as `SnapshotUpdate`: what
 * changed since its version, or the whole Snapshot.
 */
export function snapshotAnswer(
  feed: Pick<SnapshotFeed, 'since' | 'snapshot'>,
  revision: number,
  since: string | null,
): Response {
  const snapshot = feed.snapshot();
  if (since === snapshot.version) {
    return new Response(null, { status: 304, headers: { 'Portolan-Revision': String(revision) } });
  }
  const delta = since === null ? undefined : feed.since(since);
  if (delta !== undefined) return Response.json({ revision, delta });
  return new Response(snapshotStream(revision, snapshot), {
    headers: { 'Content-Type': 'application/json' },
  });
}
