import type { SnapshotStatus } from './live-snapshot.ts';

/**
 * `"0123456789abcdef"; source=kv; checked=12`: which Snapshot is served, who gave it, and how many seconds ago a source said
 * that there is nothing newer. An item with parameters: RFC 9651 section 3.3.
 */
export function snapshotHeader(
  { version, source, checkedAt }: SnapshotStatus,
  now: number,
): string {
  const checked =
    checkedAt === undefined ? '' : `; checked=${Math.floor((now - checkedAt) / 1000)}`;
  return `"${version}"; source=${source}${checked}`;
}
