export type { Build } from './build/build-snapshot.ts';
export * from './decide/decide.ts';
export { atEndpoint, type SettingsOptions } from './decide/forward-to-service.ts';
export { pickAnother, servicePort } from './decide/pick-endpoint.ts';
export { serviceSettings } from './decide/resolve-settings.ts';
export type * from './decision/decision.ts';
export * from './engine/engine.ts';
export * from './snapshot/find-port.ts';
export * from './snapshot/snapshot.ts';
