/** A message that can be cut off after any of its records. */
export interface Compressed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the records begin, and where each of them ends. */
  readonly ends: readonly number[];
}

/** Bytes. */
const HEADER = 12;
const HIGHEST_POINTER = 0x3fff;

/** Types whose data is one name that may be compressed: NS, CNAME, PTR. Those that came later may not: RFC 3597 section 4. */
const NAMES = new Set([2, 5, 12]);
const SOA = 6;

/**
 * Writes a message with its names compressed, as RFC 1035 section 4.1.4 has it: the library writes each in full.
 *
 * @param message Without questions.
 * @param question What stands in their place, as it was sent.
 */
export function compress(message: Uint8Array, question: Uint8Array): Compressed {
  const from = new DataView(message.buffer, message.byteOffset, message.length);
  // No name becomes longer.
  const bytes = new Uint8Array(message.length + question.length);
  const to = new DataView(bytes.buffer);
  /** Where names were written, by their bytes. */
  const written = new Map<string, number>();
  let source = HEADER;
  let target = HEADER;

  const copy = (length: number): void => {
    bytes.set(message.subarray(source, source + length), target);
    source += length;
    target += length;
  };
  const copyName = (): void => {
    const end = endOfName(message, source);
    for (let length = message[source]; length; length = message[source]) {
      const rest = String.fromCharCode(...message.subarray(source, end));
      const pointer = written.get(rest);
      if (pointer !== undefined) {
        to.setUint16(target, 0xc000 | pointer);
        target += 2;
        source = end;
        return;
      }
      if (target <= HIGHEST_POINTER) written.set(rest, target);
      copy(length + 1);
    }
    copy(1);
  };
  const copyRecord = (): void => {
    copyName();
    const type = from.getUint16(source);
    const end = source + 10 + from.getUint16(source + 8);
    copy(10);
    const data = target;
    if (NAMES.has(type) || type === SOA) copyName();
    if (type === SOA) copyName();
    copy(end - source);
    to.setUint16(data - 2, target - data);
  };

  bytes.set(message.subarray(0, HEADER));
  if (question.length > 0) {
    to.setUint16(4, 1);
    bytes.set(question, target);
    noteNames(question, target, written);
    target += question.length;
  }
  const ends = [target];
  while (source < message.length) {
    copyRecord();
    ends.push(target);
  }
  return { bytes: bytes.subarray(0, target), ends };
}

/** Notes where the name of a question, and each that it ends in, stands. */
function noteNames(question: Uint8Array, at: number, written: Map<string, number>): void {
  const end = endOfName(question, 0);
  for (let from = 0, length = question[0]; length; length = question[from]) {
    written.set(String.fromCharCode(...question.subarray(from, end)), at + from);
    from += length + 1;
  }
}

/** Of a name in full. */
function endOfName(message: Uint8Array, start: number): number {
  let at = start;
  for (let length = message[at]; length; length = message[at]) at += length + 1;
  return at + 1;
}
