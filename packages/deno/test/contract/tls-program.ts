import type { HostRequest, TLSCertificate } from '@portolan/proxy';

type Handler = (request: Request, host: HostRequest) => Promise<Response>;

/** What a host of any runtime serves with. */
type Serve = (
  handler: Handler,
  options: {
    readonly hostname: string;
    readonly port: number;
    readonly certificates: () => readonly TLSCertificate[];
    readonly drain: number;
    readonly onError: (error: unknown) => void;
  },
) => Promise<{
  readonly hostname: string;
  readonly port: number;
  readonly reload: () => void;
  readonly close: () => Promise<void>;
}>;

/**
 * What the hosts under test serve with TLS. Their certificates are replaced by what is sent to `/certificates`.
 *
 * @param given JSON of the certificates and of `drain`.
 * @returns the port.
 */
export async function tlsProgram(serve: Serve, given: string): Promise<number> {
  const { drain, ...first }: { drain: number; certificates: readonly TLSCertificate[] } =
    JSON.parse(given);
  let { certificates } = first;
  const errors: string[] = [];
  let waiting = 0;
  let aborted = 0;

  const handler: Handler = async (request, { httpVersion, remoteAddress }) => {
    const { pathname } = new URL(request.url);
    switch (pathname) {
      case '/certificates':
        certificates = JSON.parse(await request.text());
        serving.reload();
        return new Response('reloaded');
      case '/errors':
        return Response.json(errors);
      case '/mirror':
        return new Response(request.body);
      case '/wait':
        waiting += 1;
        return new Promise((resolve) => {
          request.signal.addEventListener('abort', () => {
            aborted += 1;
            resolve(new Response());
          });
        });
      case '/waiting':
        return Response.json({ waiting, aborted });
      case '/close':
        void serving.close();
        return new Response('closing');
      default:
        return new Response(`${httpVersion} ${remoteAddress} ${request.method} ${request.url}`);
    }
  };
  const serving = await serve(handler, {
    hostname: '127.0.0.1',
    port: 0,
    certificates: () => certificates,
    drain,
    onError: (error) => errors.push(String(error)),
  });
  return serving.port;
}
