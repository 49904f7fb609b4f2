import { join } from 'node:path';

import { starter, type Start } from './contract/start.ts';

const deno = join(import.meta.dirname, '../../../node_modules/.bin/deno');

export const start: Start = starter(
  deno,
  'run',
  '--allow-net',
  join(import.meta.dirname, 'host.ts'),
);
