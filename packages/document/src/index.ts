export * from './document/parse-document.ts';
export * from './document/read-document.ts';
export { nearest } from './nearest/nearest.ts';
export { faultsOf, formatPath } from './schema/faults.ts';
export * from './schema/fields.ts';
export { mapping } from './schema/mapping.ts';
