export type { Build } from './build/build.ts';
export * from './decide/decide-connection.ts';
export * from './decide/decide.ts';
export { atEndpoint, type SettingsOptions } from './decide/forward-to-service.ts';
export { pickAnother, servicePort } from './decide/pick-endpoint.ts';
export { serviceSettings } from './decide/resolve-settings.ts';
export { applyDelta } from './delta/apply-delta.ts';
export { diffSnapshots } from './delta/diff-snapshots.ts';
export type { EntryChanges, SnapshotDelta } from './delta/snapshot-delta.ts';
export type * from './decision/decision.ts';
export * from './engine/engine.ts';
export type * from './live/live-build.ts';
export * from './snapshot/find-port.ts';
export {
  changedServices,
  findService,
  replaceServices,
  servicesOf,
  shardServices,
  type ServiceChange,
} from './snapshot/services.ts';
export * from './snapshot/snapshot.ts';
