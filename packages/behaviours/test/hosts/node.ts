import process from 'node:process';

import { serve, socket } from '@portolan/node';

import { answerWith } from './answer.ts';

await serve(answerWith(socket()), { port: Number(process.argv[2]), hostname: '127.0.0.1' });
