/** The name that a client asks for, as far as its first bytes tell. */
export type Greeting =
  /** There is more to come. */
  | 'unfinished'
  /** It is no TLS, or too long for what any client has to say. */
  | 'invalid'
  /** In lower case; empty where it asks for none. */
  | { readonly serverName: string };

/** Bytes that a ClientHello may have. */
const MAX_LENGTH = 16 * 1024;
const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const HOST_NAME = 0;

/** Says to a client that nobody has the name, as an alert `unrecognized_name`: RFC 6066 section 3, RFC 8446 section 6. */
export const UNRECOGNIZED_NAME: Readonly<Uint8Array> = Uint8Array.of(21, 3, 3, 0, 2, 2, 112);

/**
 * Reads the server name of a ClientHello (RFC 8446 section 4.1.2, RFC 6066 section 3), for runtimes whose TLS doesn't ask by
 * name.
 *
 * @param bytes All that the client has sent so far.
 */
export function readGreeting(bytes: Uint8Array): Greeting {
  const message = handshakeMessage(bytes);
  if (!(message instanceof Uint8Array)) return message;
  try {
    return { serverName: serverNameOf(new Reader(message)) };
  } catch {
    return 'invalid';
  }
}

/**
 * The first handshake message without its header. It may be spread over several records (RFC 8446 section 5.1), its header may
 * not: nobody does that.
 */
function handshakeMessage(bytes: Uint8Array): Uint8Array | 'invalid' | 'unfinished' {
  const [type = HANDSHAKE, major = 3, , , , kind = CLIENT_HELLO] = bytes;
  if (type !== HANDSHAKE || major !== 3 || kind !== CLIENT_HELLO) return 'invalid';
  if (bytes.length < 9) return 'unfinished';
  const message = new Uint8Array(numberAt(bytes, 6, 3));
  if (message.length > MAX_LENGTH || numberAt(bytes, 3, 2) < 4) return 'invalid';
  let filled = -4;
  for (let at = 0; filled < message.length;) {
    if (bytes.length < at + 5) return 'unfinished';
    const size = numberAt(bytes, at + 3, 2);
    if (bytes[at] !== HANDSHAKE || size === 0) return 'invalid';
    if (bytes.length < at + 5 + size) return 'unfinished';
    const part = bytes.subarray(at + 5 + Math.max(0, -filled), at + 5 + size);
    const start = Math.max(0, filled);
    message.set(part.subarray(0, message.length - start), start);
    filled += size;
    at += 5 + size;
  }
  return message;
}

function numberAt(bytes: Uint8Array, at: number, length: number): number {
  return bytes.subarray(at, at + length).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** @throws RangeError where a length leads beyond the end. */
function serverNameOf(hello: Reader): string {
  // Version and random.
  hello.take(34);
  // Session id, cipher suites, compression methods.
  hello.take(hello.number(1));
  hello.take(hello.number(2));
  hello.take(hello.number(1));
  // TLS 1.2 knows hellos without extensions.
  if (hello.isAtEnd) return '';
  const extensions = new Reader(hello.take(hello.number(2)));
  while (!extensions.isAtEnd) {
    const type = extensions.number(2);
    const content = new Reader(extensions.take(extensions.number(2)));
    if (type !== SERVER_NAME) continue;
    const names = new Reader(content.take(content.number(2)));
    if (names.number(1) !== HOST_NAME) return '';
    return String.fromCharCode(...names.take(names.number(2))).toLowerCase();
  }
  return '';
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError('beyond the end');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  number(length: 1 | 2): number {
    return numberAt(this.take(length), 0, length);
  }
}
