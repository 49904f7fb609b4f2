import { serve } from '@portolan/bun';

import { answerWith } from './answer.ts';

declare const Bun: { readonly argv: readonly string[] };

await serve(answerWith(), { port: Number(Bun.argv[2]), hostname: '127.0.0.1' });
