import { join } from 'node:path';

import { starter, type Start } from '../../deno/test/contract/start.ts';

const bun = join(import.meta.dirname, '../../../node_modules/.bin/bun');

export const start: Start = starter(bun, join(import.meta.dirname, 'host.ts'));
