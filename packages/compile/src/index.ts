export * from './compile/compile.ts';
export * from './plugins/default-plugins.ts';
export * from './with-stand-ins/with-stand-ins.ts';
