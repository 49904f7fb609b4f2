import { join } from 'node:path';

import { describe } from 'vitest';

import { starter } from './contract/start.ts';
import { describeTLS } from './contract/tls.ts';

const deno = join(import.meta.dirname, '../../../node_modules/.bin/deno');

describe('TLS on Deno', () => {
  describeTLS(starter(deno, 'run', '--allow-net', join(import.meta.dirname, 'tls-host.ts')), {
    http2: true,
    alert: 112,
    httpVersion: { '1.1': 'undefined', '2': 'undefined' },
    waitsForMore: false,
    hasInnerServer: true,
  });
});
