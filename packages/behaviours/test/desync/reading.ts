/** A request as RFC 9112 reads it. All texts are Latin-1: one character is one byte. */
export interface ReadRequest {
  readonly method: string;
  readonly target: string;
  /** Absent where it is faulty or not at its end. */
  readonly body?: string;
}

/** An answer as a client reads it. */
export interface ReadAnswer {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly body: string;
}

type Field = readonly [name: string, value: string];

interface Head {
  readonly start: string;
  readonly fields: readonly Field[];
  /** Where the content begins. */
  readonly end: number;
}

interface Content {
  readonly body: string;
  /** Where the message ends. */
  readonly end: number;
}

const TOKEN = "[!#$%&'*+.^_`|~\\w-]+";
const REQUEST_LINE = new RegExp(`^(${TOKEN}) ([\\x21-\\x7e\\x80-\\xff]+) +HTTP/1\\.([01])$`);
const STATUS_LINE = /^HTTP\/1\.1 (\d{3}) [\t\x20-\x7e\x80-\xff]*$/;
const FIELD_LINE = new RegExp(`^(${TOKEN}):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*)$`);
const CHUNK_SIZE = new RegExp(
  `^(0*[\\da-f]{1,12})(?:[ \\t]*;[ \\t]*${TOKEN}(?:[ \\t]*=[ \\t]*(?:${TOKEN}|"[^"\\\\]*"))?)*$`,
  'i',
);

/**
 * The requests in a stream, up to the first fault or the end, read as strictly as RFC 9112 allows: every line ends in CRLF, and
 * there is one field that frames the content, in one form.
 */
export function readRequests(stream: string): readonly ReadRequest[] {
  const requests: ReadRequest[] = [];
  let at = 0;
  for (;;) {
    // Section 2.2: empty lines before a request are to be ignored. Node ignores every CR and LF there.
    while (stream[at] === '\r' || stream[at] === '\n') at += 1;
    const head = readHead(stream, at);
    const [, method, target, version] = REQUEST_LINE.exec(head?.start ?? '') ?? [];
    if (head === undefined || method === undefined || target === undefined) return requests;
    const content = readContent(stream, head, 'none');
    if (content === undefined) return [...requests, { method, target }];
    requests.push({ method, target, body: content.body });
    at = content.end;
    // Section 9.3: HTTP/1.0 closes unless it says otherwise.
    if (hasOption(head.fields, 'close')) return requests;
    if (version === '0' && !hasOption(head.fields, 'keep-alive')) return requests;
  }
}

/**
 * The answers that a client reads, up to the first fault or the end.
 *
 * @param methods What they answer, in order.
 * @returns what follows them besides: whatever no client can make sense of.
 */
export function readAnswers(
  stream: string,
  methods: readonly string[],
): { readonly answers: readonly ReadAnswer[]; readonly rest: string } {
  const answers: ReadAnswer[] = [];
  let at = 0;
  for (;;) {
    const head = readHead(stream, at);
    const [, digits] = STATUS_LINE.exec(head?.start ?? '') ?? [];
    if (head === undefined || digits === undefined) return { answers, rest: stream.slice(at) };
    const status = Number(digits);
    const isEmpty =
      methods[answers.length] === 'HEAD' || status < 200 || status === 204 || status === 304;
    const content = isEmpty
      ? { body: '', end: head.end }
      : readContent(stream, head, 'until the end');
    if (content === undefined) return { answers, rest: stream.slice(at) };
    if (status >= 200) answers.push({ status, fields: head.fields, body: content.body });
    at = content.end;
  }
}

export function valueOf(fields: readonly Field[], name: string): string | undefined {
  return fields.find(([each]) => each.toLowerCase() === name)?.[1];
}

function readHead(stream: string, at: number): Head | undefined {
  const end = stream.indexOf('\r\n\r\n', at);
  if (end < 0) return undefined;
  const [start = '', ...lines] = stream.slice(at, end).split('\r\n');
  const fields: Field[] = [];
  for (const line of lines) {
    const [, name, value] = FIELD_LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    fields.push([name, value.trim()]);
  }
  return { start, fields, end: end + 4 };
}

/** Section 6.3. */
function readContent(
  stream: string,
  { fields, end }: Head,
  unframed: 'none' | 'until the end',
): Content | undefined {
  const codings = allOf(fields, 'transfer-encoding');
  const lengths = allOf(fields, 'content-length');
  if (codings.length + lengths.length > 1) return undefined;
  const [coding] = codings;
  if (coding !== undefined) {
    return coding.toLowerCase() === 'chunked' ? readChunks(stream, end) : undefined;
  }
  const [length] = lengths;
  if (length === undefined) {
    return unframed === 'none'
      ? { body: '', end }
      : { body: stream.slice(end), end: stream.length };
  }
  if (!/^\d{1,15}$/.test(length)) return undefined;
  const after = end + Number(length);
  return after > stream.length ? undefined : { body: stream.slice(end, after), end: after };
}

/** Section 7.1. */
function readChunks(stream: string, begin: number): Content | undefined {
  let body = '';
  let at = begin;
  for (;;) {
    const lineEnd = stream.indexOf('\r\n', at);
    const [, digits] = CHUNK_SIZE.exec(lineEnd < 0 ? '' : stream.slice(at, lineEnd)) ?? [];
    if (digits === undefined) return undefined;
    const size = Number.parseInt(digits, 16);
    if (size === 0) return readTrailers(stream, body, lineEnd);
    const from = lineEnd + 2;
    if (!stream.startsWith('\r\n', from + size)) return undefined;
    body += stream.slice(from, from + size);
    at = from + size + 2;
  }
}

/** @param at Where the line of the last chunk ends. */
function readTrailers(stream: string, body: string, at: number): Content | undefined {
  const head = readHead(stream, at);
  return head?.start === '' ? { body, end: head.end } : undefined;
}

function allOf(fields: readonly Field[], name: string): readonly string[] {
  return fields.flatMap(([each, value]) => (each.toLowerCase() === name ? [value] : []));
}

function hasOption(fields: readonly Field[], name: string): boolean {
  return allOf(fields, 'connection').some((value) =>
    value.split(',').some((option) => option.trim().toLowerCase() === name),
  );
}
