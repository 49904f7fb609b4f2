import process from 'node:process';

import { serve, socket } from '@portolan/node';

import { answerWith } from './answer.ts';

/** The Node host with a handler that takes a Request and gives a Response, as any function does. */
await serve(answerWith(socket()), { port: Number(process.argv[2]), hostname: '127.0.0.1' });
