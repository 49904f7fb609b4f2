export * from './serve/serve.ts';
export type { RespondOptions } from './respond/respond.ts';
