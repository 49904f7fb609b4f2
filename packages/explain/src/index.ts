export * from './explain/explain.ts';
export type * from './explanation/explanation.ts';
export * from './format/exclusion.ts';
export * from './format/format-explanation.ts';
export * from './nearness/nearest-losers.ts';
export type * from './request/described-request.ts';
export * from './request/parse-request.ts';
export { requestFactsOf } from './request/received-request.ts';
export * from './request/request-fault.ts';
