import { failureResponse, handshakeRefusal, isWebSocketUpgrade } from '@portolan/proxy';

/** `uri-host [ ":" port ]`: RFC 9110 section 7.2. Deno writes whatever Host says into the request's URL. */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i;

/**
 * The answer to a request that Deno lets pass and nobody should: RFC 9112 sections 3.2 and 6.1, RFC 9110 section 7.4.
 *
 * @param scheme What is spoken here: a URL in the request line, or `:scheme`, may say otherwise.
 */
export function refusal(request: Request, scheme: 'http' | 'https'): Response | undefined {
  const { headers, url } = request;
  const refuse = (failure: Parameters<typeof failureResponse>[1]): Response =>
    failureResponse(request, failure, crypto.randomUUID());
  const host = headers.get('host');
  if ((host !== null && !HOST.test(host)) || !URL.canParse(url)) {
    return refuse({ status: 400, reason: 'InvalidHost' });
  }
  if (new URL(url).protocol !== `${scheme}:`) {
    return refuse({ status: 400, reason: 'InvalidHost' });
  }
  if (url.includes('#')) return refuse({ status: 400, reason: 'InvalidPath' });
  const coding = headers.get('transfer-encoding')?.toLowerCase() ?? 'chunked';
  if (coding !== 'chunked') return refuse({ status: 501, reason: 'ContentNotSupported' });
  return isWebSocketUpgrade(request) ? handshakeRefusal(request) : undefined;
}
