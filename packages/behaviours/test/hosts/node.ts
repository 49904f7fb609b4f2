import process from 'node:process';

import { serve, socket } from '@portolan/node';

import { answerMessagesWith } from './answer.ts';

/** The Node host as gateways use it: with messages that are no Request and no Response. */
await serve(answerMessagesWith(socket()), { port: Number(process.argv[2]), hostname: '127.0.0.1' });
