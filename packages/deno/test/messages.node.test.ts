import { join } from 'node:path';

import { describe } from 'vitest';

import { describeMessages } from './contract/messages.ts';
import { start } from './deno.ts';

describe('messages on Deno', () => {
  describeMessages(start, join(import.meta.dirname, '../README.md'));
});
