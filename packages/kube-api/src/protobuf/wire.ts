/** One field of a protobuf message as it is encoded: a varint, or bytes. */
export interface WireField {
  readonly number: number;
  readonly value: Uint8Array | bigint;
}

/**
 * The fields of a message, in the order in which they are encoded.
 *
 * Source: Protocol Buffers, Encoding. Kubernetes' messages have varints and lengths only.
 *
 * @throws {RangeError} where it breaks off, or has anything else.
 */
export function* wireFields(bytes: Uint8Array): Generator<WireField, undefined, undefined> {
  let offset = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[offset++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw new RangeError('a varint does not end');
  };
  while (offset < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    if ((tag & 7n) === 0n) {
      yield { number, value: varint() };
    } else if ((tag & 7n) === 2n) {
      const length = Number(varint());
      if (length < 0 || length > bytes.length - offset) throw new RangeError('a field breaks off');
      offset += length;
      yield { number, value: bytes.subarray(offset - length, offset) };
    } else {
      throw new RangeError(`no field is encoded as ${tag & 7n}`);
    }
  }
  return undefined;
}
