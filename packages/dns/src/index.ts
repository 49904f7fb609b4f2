export type * from './answer/answer.ts';
export * from './resolve/resolve.ts';
