import { serve } from '@portolan/deno';

import { answerWith } from './answer.ts';

declare const Deno: { readonly args: readonly string[] };

await serve(answerWith(), { port: Number(Deno.args[0]), hostname: '127.0.0.1' });
