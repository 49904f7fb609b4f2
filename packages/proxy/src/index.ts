export * from './application-protocol/application-protocol.ts';
export type * from './connection/connection.ts';
export * from './dialer/dial-with.ts';
export type * from './dialer/dialer.ts';
export type * from './own-response/failure.ts';
export * from './proxy/proxy.ts';
export * from './service-binding/service-binding.ts';
export * from './url-dialer/url.ts';
export * from './vpc-network/vpc-network.ts';
