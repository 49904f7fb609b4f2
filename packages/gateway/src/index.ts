export * from './gateway/affinity-cookies.ts';
export * from './gateway/answered-by.ts';
export * from './gateway/gateway.ts';
export * from './services/services.ts';
