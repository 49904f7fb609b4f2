import type { HostRequest } from '@portolan/proxy';

type Handler = (request: Request, host: HostRequest) => Promise<Response>;

/**
 * What the hosts under test serve: WebSockets are passed on to the endpoint, the rest is answered by path.
 *
 * @param endpoint Its origin.
 * @param close Closes the server.
 */
export function program(endpoint: string, close: () => Promise<void>): Handler {
  const ended: string[] = [];
  return async (request, { remoteAddress, upgrade }) => {
    const { pathname } = new URL(request.url);
    if (request.headers.get('upgrade') === 'websocket' && upgrade !== undefined) {
      const { headers, signal } = request;
      const outgoing = new Request(new URL(pathname, endpoint), { headers, signal });
      try {
        const { response, closed } = await upgrade(outgoing);
        void closed?.then(() => ended.push(pathname));
        // Whatever becomes of it on the way.
        return pathname === '/echo' ? new Response('not this one') : response;
      } catch (error) {
        return new Response(String(error), { status: 502 });
      }
    }
    switch (pathname) {
      case '/address':
        return new Response(remoteAddress);
      case '/ended':
        return Response.json(ended);
      case '/mirror':
        return new Response(request.body);
      case '/throw':
        throw new Error('secret');
      case '/close':
        void close();
        return new Response('closing');
      default:
        return new Response(`${request.method} ${request.url} ${await request.text()}`);
    }
  };
}
