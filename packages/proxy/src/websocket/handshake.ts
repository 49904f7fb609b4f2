import { toResponse } from '../message/fetch-message.ts';
import type { Answer, RequestMessage } from '../message/message.ts';
import { failureAnswer } from '../own-response/own-response.ts';

/** Of a nonce of 16 bytes, in base64. */
const KEY = /^[\w+/]{22}==$/;
/** `1#token`: RFC 6455 section 4.1, RFC 9110 section 5.6.2. */
const PROTOCOLS = /^[!#$%&'*+.^`|~\w-]+(?:[ \t]*,[ \t]*[!#$%&'*+.^`|~\w-]+)*$/;

/**
 * The answer to a request for a WebSocket that asks in the wrong way: RFC 6455 sections 4.2.1 and 4.4.
 *
 * @param request One that `isWebSocketUpgrade` is true of.
 * @returns `undefined` where there is nothing wrong.
 */
export function handshakeFailure(
  request: Pick<RequestMessage, 'headers' | 'method'>,
): Answer | undefined {
  const { headers } = request;
  const options = headers.get('connection')?.toLowerCase().split(',') ?? [];
  const version = headers.get('sec-websocket-version');
  const protocols = headers.get('sec-websocket-protocol');
  const isSound =
    options.some((option) => option.trim() === 'upgrade') &&
    KEY.test(headers.get('sec-websocket-key') ?? '') &&
    (protocols === null || areDistinct(protocols));
  if (isSound && version === '13') return undefined;
  const failure = { status: 400, reason: 'UpgradeNotSupported' } as const;
  const answer = failureAnswer(request, failure, crypto.randomUUID());
  if (version !== '13') answer.headers.set('sec-websocket-version', '13');
  return answer;
}

/** The same as a Response. */
export function handshakeRefusal(request: Request): Response | undefined {
  const answer = handshakeFailure(request);
  return answer && toResponse(answer);
}

function areDistinct(protocols: string): boolean {
  if (!PROTOCOLS.test(protocols)) return false;
  const names = subprotocols(protocols);
  return new Set(names).size === names.length;
}

/** The names in a field Sec-WebSocket-Protocol. */
export function subprotocols(field: string | null): readonly string[] {
  return field === null ? [] : field.split(',').map((name) => name.trim());
}
