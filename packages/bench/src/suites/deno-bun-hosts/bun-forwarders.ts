/** Run by Bun: one forwarder. */
import { serve } from '@portolan/bun';
import { createGateway } from '@portolan/gateway';

import { snapshotFor } from '../../forwarding/snapshot.ts';
import { target } from './target.ts';

declare const Bun: {
  readonly argv: readonly string[];
  serve(options: {
    readonly hostname: string;
    readonly port: number;
    readonly fetch: (request: Request) => Promise<Response>;
  }): { readonly port: number };
};

const [name = '', origin = ''] = Bun.argv.slice(2);
const at = { hostname: '127.0.0.1', port: 0 };

async function start(): Promise<number> {
  if (name === 'portolan on Bun') {
    const { port } = await serve(createGateway(snapshotFor(Number(origin))).fetch, at);
    return port;
  }
  return Bun.serve({
    ...at,
    fetch: ({ url, method, headers, body }) => {
      const init: RequestInit & { readonly decompress: boolean } = {
        method,
        headers,
        body,
        redirect: 'manual',
        decompress: false,
      };
      return fetch(target(url, origin), init);
    },
  }).port;
}

// oxlint-disable-next-line no-console -- whoever started this reads it
console.log(JSON.stringify({ port: await start() }));
