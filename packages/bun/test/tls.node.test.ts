import { join } from 'node:path';

import { describe } from 'vitest';

import { starter } from '../../deno/test/contract/start.ts';
import { describeTLS } from '../../deno/test/contract/tls.ts';

const bun = join(import.meta.dirname, '../../../node_modules/.bin/bun');

describe('TLS on Bun', () => {
  describeTLS(starter(bun, join(import.meta.dirname, 'tls-host.ts')), {
    http2: false,
    alert: 112,
    httpVersion: { '1.1': 'undefined', '2': 'undefined' },
    waitsForMore: true,
    hasInnerServer: true,
  });
});
