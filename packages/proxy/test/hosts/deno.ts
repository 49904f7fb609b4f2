import { answer } from './answer.ts';

interface DenoRuntime {
  serve(
    options: { port: number; hostname: string; onListen: () => void },
    handler: (
      request: Request,
      info: { remoteAddr: { hostname: string } },
    ) => Response | Promise<Response>,
  ): unknown;
  readonly args: readonly string[];
}

declare const Deno: DenoRuntime;

Deno.serve(
  { port: Number(Deno.args[0]), hostname: '127.0.0.1', onListen: () => undefined },
  (request, info) => answer(request, info.remoteAddr.hostname),
);
