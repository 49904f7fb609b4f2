import process from 'node:process';

import { answer } from './answer.ts';

interface BunRuntime {
  serve(options: {
    port: number;
    hostname: string;
    idleTimeout: number;
    fetch: (
      request: Request,
      server: { requestIP(request: Request): { address: string } | null },
    ) => Response | Promise<Response>;
  }): unknown;
}

declare const Bun: BunRuntime;

Bun.serve({
  port: Number(process.argv[2]),
  hostname: '127.0.0.1',
  idleTimeout: 0,
  fetch: (request, server) => answer(request, server.requestIP(request)?.address),
});
