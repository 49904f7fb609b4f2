import { serve } from '../src/index.ts';
import { program } from './contract/program.ts';

declare const Deno: { readonly args: readonly string[] };

const [endpoint = '', cert, key = ''] = Deno.args;
const serving = await serve(
  program(endpoint, () => serving.close()),
  {
    port: 0,
    hostname: '127.0.0.1',
    ...(cert !== undefined && { certificates: () => [{ serverNames: ['*'], cert, key }] }),
  },
);
// oxlint-disable-next-line no-console -- whoever started this reads it
console.log(serving.port);
