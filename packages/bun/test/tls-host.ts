import { tlsProgram } from '../../deno/test/contract/tls-program.ts';
import { serve } from '../src/index.ts';

declare const Bun: { readonly argv: readonly string[] };

// oxlint-disable-next-line no-console -- whoever started this reads it
console.log(await tlsProgram(serve, Bun.argv[2] ?? ''));
