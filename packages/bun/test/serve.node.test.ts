import { describe } from 'vitest';

import { describeServing } from '../../deno/test/contract/http.ts';
import { start } from './bun.ts';

describe('serving on Bun', () => {
  describeServing(start);
});
