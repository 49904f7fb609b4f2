export * from './node-port/node-port.ts';
