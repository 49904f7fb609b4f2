import * as fc from 'fast-check';

/** A request as bytes. All texts are Latin-1: one character is one byte. */
export interface Message {
  readonly method: string;
  /** Begins with `/`. */
  readonly path: string;
  /** Absent: no `?` either. */
  readonly query?: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Sizes of the chunks; absent: the body has a Content-Length. */
  readonly chunks?: readonly number[];
}

const of = (characters: string): fc.Arbitrary<string> => fc.constantFrom(...characters.split(''));

const ALPHANUMERIC = 'ABCXYZabcxyz0159';
/** RFC 9110 section 5.6.2. */
const TCHAR = `!#$%&'*+-.^_\`|~${ALPHANUMERIC}`;
/** RFC 3986 section 3.3. */
const PCHAR = `-._~!$&'()*+,;=:@${ALPHANUMERIC}`;

const encoded = fc.integer({ min: 0x20, max: 0xff }).map((code) => `%${code.toString(16)}`);
const pathPart = fc.oneof(
  { weight: 20, arbitrary: of(PCHAR) },
  { weight: 3, arbitrary: encoded },
  { weight: 4, arbitrary: of('/') },
  // Nothing that a URI may hold, but what clients send all the same.
  { weight: 1, arbitrary: of('"<>[]\\^`{|}') },
);
const queryPart = fc.oneof(
  { weight: 20, arbitrary: of(`${PCHAR}/?`) },
  { weight: 3, arbitrary: encoded },
  { weight: 2, arbitrary: of('[]\\^`{|}%') },
);
/** RFC 9110 section 5.5: visible characters, obs-text, and blanks inside. */
const visible = fc
  .oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0x21, max: 0x7e }) },
    { weight: 2, arbitrary: fc.integer({ min: 0x80, max: 0xff }) },
  )
  .map((code) => String.fromCharCode(code));
const value = fc
  .array(fc.oneof({ weight: 12, arbitrary: visible }, { weight: 1, arbitrary: of(' \t') }), {
    maxLength: 40,
  })
  .map((parts) => parts.join('').replace(/^[ \t]+|[ \t]+$/g, ''));

/** Names of its own, so that none means anything to a host or a runtime. */
const name = fc
  .string({ unit: of(TCHAR), minLength: 1, maxLength: 12 })
  .map((text) => `x-f-${text}`);

/** Dot segments are resolved, as routing says, and nothing that is to be kept. */
const plainPath = fc
  .array(pathPart, { maxLength: 20 })
  .map((parts) => `/${parts.join('')}`)
  .filter((text) => !/[/\\](?:\.|%2e){1,2}(?:[/\\]|$)/i.test(text));

export const messages: fc.Arbitrary<Message> = fc.record(
  {
    method: fc.constantFrom('DELETE', 'OPTIONS', 'PATCH', 'POST', 'PUT'),
    path: plainPath,
    query: fc.array(queryPart, { maxLength: 20 }).map((parts) => parts.join('')),
    fields: fc.array(fc.tuple(name, value), { maxLength: 8 }),
    body: fc.uint8Array({ maxLength: 3_000 }),
    chunks: fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 8 }),
  },
  { requiredKeys: ['method', 'path', 'fields', 'body'] },
);

/** The bytes of the message, for a connection of its own. */
export function bytesOf(
  { method, path, query, fields, body, chunks }: Message,
  to: string,
): Buffer {
  const target = to + path + (query === undefined ? '' : `?${query}`);
  const framing = chunks ? 'transfer-encoding: chunked' : `content-length: ${body.length}`;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'host: fuzz.example',
    'connection: close',
    ...fields.map(([each, text]) => `${each}: ${text}`),
    framing,
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return Buffer.concat([head, ...(chunks ? chunked(body, chunks) : [body])]);
}

function* chunked(body: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let turn = 0; at < body.length; turn += 1) {
    const part = body.subarray(at, at + (sizes[turn % sizes.length] ?? 1));
    yield Buffer.from(`${part.length.toString(16)}\r\n`);
    yield part;
    yield Buffer.from('\r\n');
    at += part.length;
  }
  yield Buffer.from('0\r\n\r\n');
}
