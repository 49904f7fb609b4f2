import { join } from 'node:path';
import process from 'node:process';

import { describe } from 'vitest';

import { starter } from '../../../deno/test/contract/start.ts';
import { describeTLS } from '../../../deno/test/contract/tls.ts';

describe('TLS on Node', () => {
  describeTLS(starter(process.execPath, join(import.meta.dirname, 'tls-host.ts')), {
    http2: true,
    alert: 40,
    waitsForMore: false,
    hasInnerServer: false,
    httpVersion: { '1.1': '1.1', '2': '2' },
  });
});
