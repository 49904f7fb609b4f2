import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import type { Gateway } from 'portolan';

/** A gateway behind `node:http`, for requests without a body. */
export function gatewayServer(gateway: Gateway): Server {
  return createServer((incoming, outgoing) => {
    answer(gateway, incoming, outgoing).catch(() => outgoing.destroy());
  });
}

async function answer(
  gateway: Gateway,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/', headersDistinct } = incoming;
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const request = new Request(`http://${incoming.headers.host}${url}`, { method, headers });
  const response = await gateway.fetch(request, { incoming });
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(await response.text());
}
