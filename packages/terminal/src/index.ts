export * from './style/style.ts';
export * from './table/table.ts';
export * from './wrap/wrap.ts';
