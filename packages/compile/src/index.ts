export * from './compile/compile.ts';
export * from './plugins/default-plugins.ts';
export * from './snapshot-module/snapshot-module.ts';
export * from './with-stand-ins/with-stand-ins.ts';
