export type { Handler } from '@portolan/proxy';
export { serve, type ServeOptions, type Serving } from './serve/serve.ts';
