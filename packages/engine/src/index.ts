export type { Build } from './build/build-snapshot.ts';
export * from './decide/decide.ts';
export type * from './decision/decision.ts';
export * from './engine/engine.ts';
export * from './snapshot/find-port.ts';
export * from './snapshot/snapshot.ts';
