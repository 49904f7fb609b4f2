import { describe } from 'vitest';

import { describeServing } from './contract/http.ts';
import { start } from './deno.ts';

describe('serving on Deno', () => {
  describeServing(start);
});
