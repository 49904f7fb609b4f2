export * from './gateway/affinity-cookies.ts';
export * from './gateway/gateway.ts';
