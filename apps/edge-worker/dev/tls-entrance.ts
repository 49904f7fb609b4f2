import { serve, type HTTPServer } from '@portolan/node';
import { generate } from 'selfsigned';

/** The resource API over TLS: kubectl sends its token over nothing less. */
export interface TLSEntrance {
  readonly server: HTTPServer;
  /** PEM; good for 127.0.0.1 and localhost. */
  readonly certificate: string;
}

/** Hands everything under `path` on to the edge worker, with a certificate that is made now and kept nowhere. */
export async function openTLSEntrance(worker: URL, path: string): Promise<TLSEntrance> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const server = await serve(
    async (request) => {
      const { pathname, search } = new URL(request.url);
      if (!pathname.startsWith(`${path}/`)) return new Response('Not Found', { status: 404 });
      const headers = new Headers(request.headers);
      // What fetch unpacks it would hand on as if it were still packed.
      headers.set('accept-encoding', 'identity');
      return fetch(new Request(new URL(pathname + search, worker), request), { headers });
    },
    { tls: { key, cert }, hostname: '127.0.0.1', drain: 0 },
  );
  return { server, certificate: cert };
}
