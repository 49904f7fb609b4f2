export type { ClusterOptions } from './cluster/kube-config.ts';
export type { Via } from './followed/followed.ts';
export type { Backoff } from './pace/backoff.ts';
export type { Holdoff } from './push/holdoff.ts';
export type { Timing } from './reflector/timing.ts';
export type { SyncOptions } from './sync/options.ts';
export type { FollowedStatus, SyncStatus } from './sync/status.ts';
export { startSync, type Sync } from './sync/sync.ts';
export type { BulkScope, Refusal } from './target/bulk-write.ts';
