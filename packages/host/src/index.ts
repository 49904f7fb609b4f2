export type * from './host/host.ts';
export { startHost } from './host/start-host.ts';
export { turns } from './host/turns.ts';
export { currentRuntime } from './runtime/current-runtime.ts';
export { nodeOfThisMachine, thisNode, type ThisNodeOptions } from './this-node/this-node.ts';
