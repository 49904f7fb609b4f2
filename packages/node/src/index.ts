export type { Handler } from '@portolan/proxy';
export type { EndpointOptions } from './endpoint-connection/connect.ts';
export type { NameOptions } from './guarded-lookup/guarded-lookup.ts';
export type { RefusalReason } from './refusal/refusal.ts';
export * from './serve/serve.ts';
export type * from './serve/serve-options.ts';
export * from './socket-dialer/socket.ts';
