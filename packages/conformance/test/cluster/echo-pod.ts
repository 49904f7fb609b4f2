import { createServer, type IncomingHttpHeaders } from 'node:http';

import { listen, type Listening } from './listen.ts';

/** What a Pod answers: who it is, and what it saw. */
export interface Echo {
  readonly pod: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  readonly headers: IncomingHttpHeaders;
}

/** A local HTTP server in the place of a Pod. */
export interface EchoPod extends Listening {
  readonly pod: string;
  readonly service: string;
}

export async function startEchoPod(pod: string, service: string): Promise<EchoPod> {
  const server = createServer((request, response) => {
    const { method = '', url: path = '', httpVersion, headers } = request;
    const echo: Echo = { pod, service, method, path, protocol: `HTTP/${httpVersion}`, headers };
    const body = JSON.stringify(echo);
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': body.length,
      server: 'echo',
    });
    response.end(body);
  });
  return { pod, service, ...(await listen(server)) };
}
