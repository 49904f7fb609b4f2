import { program } from '../../deno/test/contract/program.ts';
import { serve } from '../src/index.ts';

declare const Bun: { readonly argv: readonly string[] };

const [endpoint = '', cert, key = ''] = Bun.argv.slice(2);
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
