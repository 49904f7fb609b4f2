import { createHash } from 'node:crypto';

import type { UpgradeListener } from './origin.ts';

/** RFC 6455 section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The least of a WebSocket server that answers short text frames, and the closing one, with the same: RFC 6455. */
export const echoWebSocket: UpgradeListener = (request, socket) => {
  const key = `${request.headers['sec-websocket-key']}${GUID}`;
  const accept = createHash('sha1').update(key).digest('base64');
  const protocol = request.headers['sec-websocket-protocol'];
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Accept: ${accept}`,
      ...(protocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
      '\r\n',
    ].join('\r\n'),
  );
  socket.on('error', () => undefined);
  let pending = Buffer.alloc(0);
  socket.on('data', (data: Buffer) => {
    pending = Buffer.concat([pending, data]);
    // Two bytes of header, four of mask.
    while (pending.length >= 6 && pending.length >= 6 + lengthOf(pending)) {
      const frame = pending.subarray(0, 6 + lengthOf(pending));
      pending = pending.subarray(frame.length);
      socket.write(unmasked(frame));
      if ((frame.readUInt8(0) & 0x0f) === 0x8) socket.end();
    }
  });
};

function lengthOf(frame: Buffer): number {
  return frame.readUInt8(1) & 0x7f;
}

function unmasked(frame: Buffer): Buffer {
  const mask = frame.subarray(2, 6);
  const payload = frame.subarray(6).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.of(frame.readUInt8(0), payload.length), payload]);
}
