import type { Endpoint } from '@portolan/core';
import { fetchBase, type ByteStream, type Dialer, type ResponseMessage } from '@portolan/proxy';

import type { PodState } from '../../scenario/scenario.ts';

/** What a Pod that refuses connections has the proxy's dialer say. */
class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';
}

/**
 * Reaches Pods that there are not: each reads the request and answers 200 at once; one that is `failing` answers 503, and one
 * that is `refusing` takes no connection.
 *
 * @param stateOf What became of the Pod `namespace/name`.
 */
export function simulatedPods(stateOf: (podKey: string) => PodState | undefined): Dialer {
  const answer = async (endpoint: Endpoint, body: ByteStream | null): Promise<ResponseMessage> => {
    const state = stateOfEndpoint(endpoint, stateOf);
    if (state === 'refusing') throw new ConnectionRefused('connection refused');
    if (body !== null) await readAll(body);
    const isFailing = state === 'failing';
    return {
      status: isFailing ? 503 : 200,
      statusText: isFailing ? 'Service Unavailable' : 'OK',
      headers: new Headers(),
      body: null,
    };
  };
  return {
    name: 'simulated',
    dial: (target) => {
      const found = fetchBase(target);
      if ('unreachable' in found) return found;
      return {
        base: found.base,
        keepsHost: true,
        upgrades: 'none',
        send: ({ body }) => answer(target.endpoint, body),
        // Only WebSockets come this way, and `upgrades` lets none of them through.
        fetch: async () => new Response(null, { status: 501 }),
        wasNeverSent: (error) => error instanceof ConnectionRefused,
      };
    },
  };
}

function stateOfEndpoint(
  { target }: Endpoint,
  stateOf: (podKey: string) => PodState | undefined,
): PodState | undefined {
  return target?.kind === 'Pod' ? stateOf(`${target.namespace}/${target.name}`) : undefined;
}

async function readAll(body: ByteStream): Promise<void> {
  const reader = body.getReader();
  // oxlint-disable-next-line no-await-in-loop -- one chunk after the other
  while (!(await reader.read()).done);
}
