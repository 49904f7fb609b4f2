import { failureResponse, handshakeRefusal, isWebSocketUpgrade } from '@portolan/proxy';

/** The answer to a request that Bun lets pass and nobody should: RFC 9112 section 3.2. */
export function refusal(request: Request): Response | undefined {
  const { headers, url } = request;
  const refuse = (failure: Parameters<typeof failureResponse>[1]): Response =>
    failureResponse(request, failure, crypto.randomUUID());
  // Where Host is none, the URL is a path; where there are several, they are joined.
  const isWhole = /^https?:\/\//.test(url) && URL.canParse(url);
  if (!isWhole || headers.get('host')?.includes(',')) {
    return refuse({ status: 400, reason: 'InvalidHost' });
  }
  if (url.includes('#')) return refuse({ status: 400, reason: 'InvalidPath' });
  return isWebSocketUpgrade(request) ? handshakeRefusal(request) : undefined;
}
