import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a Pod does with requests. */
export type Mood = 'fails' | 'slow' | 'well';

/** A Pod: a real server, that can be killed. */
export interface Pod {
  readonly name: string;
  readonly port: number;
  mood: Mood;
  /** How many requests it has answered well. */
  readonly served: () => number;
  /** Drops every connection, whatever is under way, and listens no more. */
  readonly kill: () => Promise<void>;
}

/** How long a slow Pod takes: longer than a try may. */
const SLOWNESS = 1_000;

/** Starts a Pod that says its own name and repeats what it was asked. */
export async function startPod(name: string): Promise<Pod> {
  let served = 0;
  const server = http.createServer((request, response) => {
    const answer = (): void => {
      served += 1;
      response.writeHead(200, { 'x-pod': name });
      response.end(request.url);
    };
    if (pod.mood === 'fails') response.writeHead(503).end('not now');
    else if (pod.mood === 'slow') setTimeout(answer, SLOWNESS);
    else answer();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pod: Pod = {
    name,
    port: portOf(server.address()),
    mood: 'well',
    served: () => served,
    kill: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return pod;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('not listening on TCP');
  return address.port;
}
