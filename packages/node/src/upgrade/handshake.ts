import { createHash } from 'node:crypto';

import { valuesOf, type RawFields } from '../field-lines/field-lines.ts';

/** RFC 6455 section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * What is wrong with a 101 (Switching Protocols) as the answer to a request for a WebSocket: RFC 6455 section 4.2.2. To pass on
 * what only looks like one would leave the client free to speak to the endpoint in whatever that takes the connection for.
 *
 * @param asked The header fields of the request.
 * @param answered Those of the answer.
 * @returns `undefined` where there is nothing wrong.
 */
export function handshakeFault(asked: Headers, answered: RawFields): string | undefined {
  const upgrade = valuesOf(answered, 'upgrade').join(', ');
  if (upgrade.toLowerCase() !== 'websocket') {
    return `the endpoint switched to ${JSON.stringify(upgrade)} instead of a WebSocket`;
  }
  const accept = valuesOf(answered, 'sec-websocket-accept').join(', ');
  if (accept !== acceptOf(asked.get('sec-websocket-key') ?? '')) {
    return 'the endpoint accepted a WebSocket without the right Sec-WebSocket-Accept';
  }
  const [protocol, ...others] = valuesOf(answered, 'sec-websocket-protocol');
  const offered = asked.get('sec-websocket-protocol')?.split(',') ?? [];
  const isOffered = protocol === undefined || offered.some((name) => name.trim() === protocol);
  if (!isOffered || others.length > 0) {
    return 'the endpoint chose a subprotocol that nobody had asked for';
  }
  // RFC 9110 section 8.6, RFC 9112 section 6.1.
  const framing = ['content-length', 'transfer-encoding'].flatMap((name) =>
    valuesOf(answered, name),
  );
  return framing.length > 0 ? 'the endpoint announced content with a WebSocket' : undefined;
}

function acceptOf(key: string): string {
  return createHash('sha1')
    .update(key + GUID)
    .digest('base64');
}
