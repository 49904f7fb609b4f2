export { serve, type Handler, type ServeOptions, type Serving } from './serve/serve.ts';
