import process from 'node:process';

import { tlsProgram } from '../../../deno/test/contract/tls-program.ts';
import { serve } from '../../src/index.ts';

// oxlint-disable-next-line no-console -- whoever started this reads it
console.log(await tlsProgram(serve, process.argv[2] ?? ''));
