import type { Pod } from '@portolan/core';

import type { PodChange } from '../../scenario/scenario.ts';

/** When a draining Pod was deleted: that it was is all that counts. */
const DELETED = '2026-01-01T00:00:00Z';

/**
 * A Pod after something became of it. One that refuses connections is as before: only who dials it notices.
 *
 * Its workload makes none in its place, as a cluster would for one that is deleted or no longer has the workload's labels.
 */
export function changedPod(pod: Pod, { state, labels }: PodChange): Pod {
  const metadata = {
    ...pod.metadata,
    ...(labels && { labels }),
    ...(state === 'draining' && {
      deletionTimestamp: pod.metadata.deletionTimestamp ?? DELETED,
    }),
  };
  if (state !== 'failing') return { ...pod, metadata };
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'Ready');
  const conditions = [...others, { type: 'Ready', status: 'False' } as const];
  return { ...pod, metadata, status: { ...pod.status, conditions } };
}
