import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import * as Schema from 'effect/Schema';

import { textOf } from '../content/content.ts';
import type { Line } from '../mirror/mirror.ts';
import { retryAfterOf } from '../pace/retry-after.ts';
import { messageOf, statusMessage } from '../status-message/status-message.ts';
import type { BulkHeader } from './bulk-write.ts';
import { LeaseObject } from './lease-object.ts';
import { TargetFault } from './target-fault.ts';
import { Target } from './target.ts';

export interface HTTPTargetOptions {
  /** Where its API is, without `/api` and `/bulk`. */
  readonly to: URL;
  /** Its token, asked for with each request. */
  readonly token: () => Promise<string> | string;
  readonly source: string;
}

/** The namespace of the control plane in which the Leases of syncs are. */
const NAMESPACE = 'portolan-system';

/** Milliseconds that an answer may take. */
const TIMEOUT = 30_000;
/** The same for a bulk write, which may be long. */
const BULK_TIMEOUT = 300_000;

/** Bytes of an answer: of a bulk write, all that was refused stands in it. */
const ANSWER_LIMIT = 64 * 1024 * 1024;

/** Characters that are handed to the compression at once. */
const CHUNK = 64 * 1024;

const Checkpoint = Schema.Struct({ checkpoint: Schema.String });

const Result = Schema.Struct({
  checkpoint: Schema.String,
  written: Schema.Number,
  deleted: Schema.Number,
  refused: Schema.Array(
    Schema.Struct({
      ref: Schema.Struct({
        resource: Schema.String,
        namespace: Schema.String,
        name: Schema.String,
      }),
      message: Schema.String,
    }),
  ),
});

/** A control plane that is spoken to over HTTP. */
export function httpTarget({ to, token, source }: HTTPTargetOptions): Layer.Layer<Target> {
  const base = to.href.replace(/\/+$/, '');
  const name = `portolan-sync-${source}`;
  const leases = `${base}/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases`;

  const ask = <Answer>(
    answer: Schema.Codec<Answer>,
    url: string,
    init: RequestInit = {},
    timeout = TIMEOUT,
  ): Effect.Effect<Answer, TargetFault> =>
    Effect.tryPromise({
      try: async (signal) => {
        const headers = new Headers(init.headers);
        headers.set('Authorization', `Bearer ${checkedToken(await token())}`);
        headers.set('User-Agent', 'portolan-sync');
        const response = await fetch(url, {
          ...init,
          headers,
          // The token is for nobody else.
          redirect: 'error',
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
        });
        const content = await textOf(response.body, ANSWER_LIMIT);
        if (!response.ok) throw faultOf(response, content);
        return Schema.decodeUnknownSync(answer)(JSON.parse(content));
      },
      catch: (error) => (error instanceof TargetFault ? error : new TargetFault(messageOf(error))),
    });

  return Layer.succeed(Target, {
    checkpoint: ask(Checkpoint, `${base}/bulk/${source}`).pipe(
      Effect.map(({ checkpoint }): string | null => checkpoint),
      Effect.catchIf(
        ({ code }) => code === 404,
        () => Effect.succeed(null),
      ),
    ),
    write: (header, lines) =>
      Effect.suspend(() => {
        const init = {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-ndjson', 'Content-Encoding': 'gzip' },
          body: packed(header, lines),
          duplex: 'half' as const,
        };
        return ask(Result, `${base}/bulk`, init, BULK_TIMEOUT);
      }),
    lease: ask(LeaseObject, `${leases}/${name}`).pipe(
      Effect.catchIf(
        ({ code }) => code === 404,
        () => Effect.succeed(undefined),
      ),
    ),
    putLease: ({ metadata, spec }) => {
      const isNew = metadata.resourceVersion === undefined;
      return ask(LeaseObject, isNew ? leases : `${leases}/${name}`, {
        method: isNew ? 'POST' : 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          metadata: { ...metadata, name, namespace: NAMESPACE },
          spec,
        }),
      });
    },
  });
}

/** @throws {TypeError} which doesn't quote it, as that of `Headers` would. */
function checkedToken(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token.trim())) return token;
  throw new TypeError('the token must be visible ASCII characters, without spaces');
}

/** As it is read, so that not all of it is there twice. */
function packed(header: BulkHeader, lines: readonly Line[]): ReadableStream<Uint8Array> {
  const iterator = chunks(header, lines);
  const text = new ReadableStream<string>({
    pull: (controller) => {
      const { done, value } = iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
  return text.pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream('gzip'));
}

function* chunks(header: BulkHeader, lines: readonly Line[]): Generator<string> {
  let chunk = `${JSON.stringify(header)}\n`;
  for (const { text } of lines) {
    chunk += `${text}\n`;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function faultOf({ status, headers, statusText }: Response, content: string): TargetFault {
  const retryAfter = retryAfterOf(headers.get('Retry-After'));
  return new TargetFault(`${status} ${statusMessage(content) ?? statusText}`.trim(), {
    code: status,
    retryAfter,
  });
}
