export * from './listeners/create-listeners.ts';
export type * from './listeners/listeners.ts';
