export type * from './listeners/listeners.ts';
