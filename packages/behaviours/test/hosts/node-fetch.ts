import process from 'node:process';

import { serve } from '@portolan/node';
import { url } from '@portolan/proxy';

import { answerWith } from './answer.ts';

/** The Node host with what `fetch` can do, for those who bring a server of their own. */
await serve(answerWith(url()), { port: Number(process.argv[2]), hostname: '127.0.0.1' });
