import {
  certificateFor,
  receive,
  type Handler,
  type HostRequest,
  type RequestMessage,
  type TLSCertificate,
  type Trust,
} from '@portolan/proxy';

export interface HTTPSRedirectOptions {
  readonly certificates: () => readonly TLSCertificate[];
  /** Where HTTPS is served; `undefined`: nowhere at present. */
  readonly port: () => number | undefined;
  readonly trust?: Trust;
}

/** A handler that does without Request and Response, too. */
export interface WholeHandler extends Handler {
  readonly answer: NonNullable<Handler['answer']>;
}

/** RFC 8555 section 8.3: whoever proves that a host is theirs is asked without TLS. */
const ACME_CHALLENGE = '/.well-known/acme-challenge/';

/**
 * Answers requests over HTTP for hosts that have a certificate with 308 (Permanent Redirect: RFC 9110 section 15.4.9) to the
 * same over HTTPS. All others go on: those that came to a trusted proxy over HTTPS, too.
 */
export function withHTTPSRedirect(
  handler: WholeHandler,
  { certificates, port, trust }: HTTPSRedirectOptions,
): WholeHandler {
  const read = receive(trust);
  const locationOf = (
    request: Pick<RequestMessage, 'headers' | 'method' | 'parts' | 'url'>,
    { remoteAddress: clientAddress }: HostRequest,
  ): string | undefined => {
    const to = port();
    if (to === undefined) return undefined;
    const arrival = { entrance: 'external', clientAddress } as const;
    const { scheme, host, path, query } = read(request, arrival);
    if (scheme === 'https' || path.startsWith(ACME_CHALLENGE)) return undefined;
    const name = host.replace(/:\d*$/, '');
    if (certificateFor(certificates(), name) === undefined) return undefined;
    return `https://${name}${to === 443 ? '' : `:${to}`}${path}${query && `?${query}`}`;
  };
  const redirect = async (request: Request, host: HostRequest): Promise<Response> => {
    const location = locationOf(request, host);
    return location === undefined
      ? handler(request, host)
      : new Response(null, { status: 308, headers: { location } });
  };
  const answer: WholeHandler['answer'] = async (message, host) => {
    const location = locationOf(message, host);
    if (location === undefined) return handler.answer(message, host);
    const headers = new Headers({ location });
    return { status: 308, statusText: 'Permanent Redirect', headers, body: null };
  };
  return Object.assign(redirect, { answer });
}
