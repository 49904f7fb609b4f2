export type * from './answer/answer.ts';
