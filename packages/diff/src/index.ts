export * from './diff/diff.ts';
export type * from './diff/diff-result.ts';
export type * from './outcome/outcome.ts';
export * from './format/format-diff.ts';
export * from './format/format-markdown.ts';
