/** Run by Deno: one forwarder. */
import { serve } from '@portolan/deno';
import { createGateway } from '@portolan/gateway';

import { snapshotFor } from '../../forwarding/snapshot.ts';
import { target } from './target.ts';

interface Served {
  readonly addr: { readonly port: number };
}

declare const Deno: {
  readonly args: readonly string[];
  serve(
    options: { readonly hostname: string; readonly port: number; readonly onListen: () => void },
    handler: (request: Request) => Promise<Response>,
  ): Served;
};

const [name = '', origin = ''] = Deno.args;
const at = { hostname: '127.0.0.1', port: 0 };

async function start(): Promise<number> {
  if (name === 'portolan on Deno') {
    const { port } = await serve(createGateway(snapshotFor(Number(origin))).fetch, at);
    return port;
  }
  return Deno.serve({ ...at, onListen: () => undefined }, ({ url, method, headers, body }) =>
    fetch(target(url, origin), { method, headers, body, redirect: 'manual' }),
  ).addr.port;
}

// oxlint-disable-next-line no-console -- whoever started this reads it
console.log(JSON.stringify({ port: await start() }));
