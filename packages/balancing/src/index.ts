export * from './endpoint-states/endpoint-states.ts';
export * from './hash-key/hash-key-of.ts';
export type * from './hash-key/hash-key.ts';
export * from './policy/policies.ts';
export type * from './policy/policy.ts';
