export type * from './host/host.ts';
