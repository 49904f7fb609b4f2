/** What a client of HTTP/2 says first: RFC 9113 section 3.4. */
export const PREFACE: Buffer = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Types of frames: RFC 9113 section 6. */
export const FRAME = {
  DATA: 0,
  HEADERS: 1,
  RST_STREAM: 3,
  SETTINGS: 4,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const;

/** RFC 9113 section 4.1. */
export function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Buffer = Buffer.alloc(0),
): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Fields, name and value by turns, shorter than 127 bytes, as literals that are not indexed: RFC 7541 section 6.2.2. */
export function literal(fields: readonly string[]): Buffer {
  const texts = fields.map((text, index) => {
    const bytes = Buffer.from(text, 'latin1');
    const length = Buffer.of(bytes.length);
    return index % 2 === 0
      ? Buffer.concat([Buffer.of(0), length, bytes])
      : Buffer.concat([length, bytes]);
  });
  return Buffer.concat(texts);
}
