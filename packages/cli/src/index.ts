export { main, run } from './main/main.ts';
export type { ExitCode } from './main/exit-code.ts';
export type { IO } from './io/io.ts';
export * from './way/ways.ts';
