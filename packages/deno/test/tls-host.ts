import { serve } from '../src/index.ts';
import { tlsProgram } from './contract/tls-program.ts';

declare const Deno: { readonly args: readonly string[] };

// oxlint-disable-next-line no-console -- whoever started this reads it
console.log(await tlsProgram(serve, Deno.args[0] ?? ''));
