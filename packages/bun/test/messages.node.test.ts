import { join } from 'node:path';

import { describe } from 'vitest';

import { describeMessages } from '../../deno/test/contract/messages.ts';
import { start } from './bun.ts';

describe('messages on Bun', () => {
  describeMessages(start, join(import.meta.dirname, '../README.md'));
});
