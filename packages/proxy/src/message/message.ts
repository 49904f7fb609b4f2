import type { AbortSource } from '../abort/abort-source.ts';

/**
 * What of HTTP messages the proxy works on. The Fetch classes are such messages as they are; a host that has none, and would
 * make them for each request only to take them apart again, hands in lighter ones.
 */

/** The fields of a header section, as `Headers` has them: names in lower case, the lines of a field joined by `get`. */
export interface HeaderFields extends Iterable<[name: string, value: string]> {
  get(name: string): string | null;
  has(name: string): boolean;
  /** @throws TypeError where a name or value is none that a field can have. */
  set(name: string, value: string): void;
  /** @throws TypeError as `set` does. */
  append(name: string, value: string): void;
  delete(name: string): void;
  getSetCookie(): string[];
  keys(): Iterable<string>;
  /** The same fields once more, to be changed by themselves; absent in `Headers`, which copies by its constructor. */
  copy?(): HeaderFields;
}

/** Content, as a `ReadableStream` of bytes has it. */
export interface ByteStream {
  getReader(): ByteReader;
  cancel(reason?: unknown): Promise<void>;
  /** A stream of the same kind, from a source of its own; absent in `ReadableStream`, which is made by its constructor. */
  another?(source: ByteSource): ByteStream;
}

/** A chunk, or the end. */
export type ByteResult = ReadableStreamReadResult<Uint8Array>;

/** As a `ReadableStreamDefaultReader`. */
export interface ByteReader {
  read(): Promise<ByteResult>;
  cancel(reason?: unknown): Promise<void>;
}

/** Where the bytes of a stream come from: an `UnderlyingDefaultSource`. `pull` is called only when somebody reads. */
export interface ByteSource {
  readonly start?: (controller: ByteController) => void;
  readonly pull: (controller: ByteController) => Promise<void> | void;
  readonly cancel: (reason: unknown) => Promise<void> | void;
}

/** As a `ReadableStreamDefaultController`. */
export interface ByteController {
  enqueue(chunk: Uint8Array): void;
  close(): void;
  error(reason: unknown): void;
}

/** A request, as `Request` has it. */
export interface RequestMessage {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body: ByteStream | null;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSource;
  /** The parts of `url`, where whoever made the request has them already. */
  readonly parts?: URLParts;
}

/** As `URL` has them. */
export type URLParts = Pick<URL, 'host' | 'pathname' | 'port' | 'protocol' | 'search'>;

/** A response, as `Response` has it. */
export interface ResponseMessage {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderFields;
  readonly body: ByteStream | null;
}

/** Content that is there already. */
export type WholeBody = Uint8Array<ArrayBuffer> | string;

/** What a client is to get. */
export interface Answer extends Omit<ResponseMessage, 'body'> {
  readonly body: ByteStream | WholeBody | null;
  /** What is to be handed on untouched instead: the client's connection belongs to the endpoint now. */
  readonly upgraded?: Response;
}

/** URLs of requests that have been taken apart: those who watch ask once more. */
const urls = new WeakMap<object, URL>();

/** The parts of a request's URL. */
export function urlParts(request: Pick<RequestMessage, 'parts' | 'url'>): URLParts {
  if (request.parts !== undefined) return request.parts;
  let parts = urls.get(request);
  if (parts === undefined) {
    parts = new URL(request.url);
    urls.set(request, parts);
  }
  return parts;
}

export function isWholeBody(body: Answer['body']): body is WholeBody {
  return typeof body === 'string' || body instanceof Uint8Array;
}

/** A stream of the same kind as another, that reads nothing ahead. */
export function streamLike(stream: ByteStream, source: ByteSource): ByteStream {
  return stream.another?.(source) ?? webStream(source);
}

/** A `ReadableStream` that reads nothing ahead. */
export function webStream(source: ByteSource): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(source, { highWaterMark: 0 });
}

/** The same fields, to be changed by themselves. */
export function copyFields(fields: HeaderFields): HeaderFields {
  return fields.copy?.() ?? new Headers(headersOf(fields));
}

/** The fields as `Headers`: the very same where they are. */
export function headersOf(fields: HeaderFields): Headers {
  return fields instanceof Headers ? fields : new Headers(Array.from(fields));
}
