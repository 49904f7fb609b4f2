import type { AbortSource } from '../abort/abort-source.ts';
import { fixedLength, SMALL } from '../message/fixed-length.ts';
import type { ByteStream, HeaderFields, RequestMessage } from '../message/message.ts';
import { watchedBody } from './watched-body.ts';
import { wholeBody } from './whole-body.ts';

export interface RequestBodyOptions {
  /** The largest body in bytes; absent: no limit. */
  readonly limit?: number;
  /** Up to this many bytes are kept to be sent again; 0: nothing is kept. */
  readonly keep: number;
  /** Milliseconds that the client may keep an endpoint waiting that asks for more; absent: no limit. */
  readonly idleTimeout?: number;
  /** The endpoint asks for more: it is the client's turn. */
  readonly onAsked?: () => void;
  /** It has been given more, or there is no more, or it wants no more: it is the endpoint's turn. */
  readonly onGiven?: () => void;
}

/** `Broken`: the client's own stream failed. */
export type RequestBodyFault = 'Broken' | 'Stalled' | 'TooLarge';

/** The body of a request that may be tried at several endpoints, one after the other. */
export interface RequestBody {
  /** To be awaited before each try, where it is there. Rejects where the client's own stream fails. */
  readonly arrive?: () => Promise<void>;
  /**
   * The body for one try: at first as it comes, later what was kept and then the rest; null where the request has none.
   * Ends the one before.
   *
   * On Workers it keeps the length that Content-Length announces; on Deno it is sent without.
   */
  readonly send: () => ByteStream | null;
  /**
   * Aborts where the stream of this try is broken off from our side. `fetch` needs it, for Workers end a chunked body whose
   * stream errors as though it were complete. Absent where nothing is sent, or the request's own stream.
   */
  readonly signal: () => AbortSource | undefined;
  /** Whether it can be sent (again) from its beginning: nothing taken yet, or all that was taken has been kept. */
  readonly isRepeatable: () => boolean;
  /** Why the stream was broken off from our side, where it was. */
  readonly fault: () => RequestBodyFault | undefined;
  /** This try was the last: where the endpoint wants no more, the client is told so. */
  readonly settle: () => void;
  /** Nothing more will be sent: what is left of the client's body is cancelled and timers end. */
  readonly close: () => void;
}

/** Whether the body is announced to be larger than the limit: RFC 9110 section 8.6. */
export function exceeds(headers: HeaderFields, limit: number | undefined): boolean {
  return limit !== undefined && Number(headers.get('content-length')) > limit;
}

/** The body of a request: watched where anything is asked for, else its own stream. */
export function requestBody(
  { body, headers }: Pick<RequestMessage, 'body' | 'headers'>,
  options: RequestBodyOptions,
): RequestBody {
  const { limit, keep, idleTimeout, onAsked, onGiven } = options;
  const isWatched =
    keep > 0 || [limit, idleTimeout, onAsked, onGiven].some((each) => each !== undefined);
  if (body === null || !isWatched) return untouched(body);
  const isKeptAlone = [limit, idleTimeout, onAsked, onGiven].every((each) => each === undefined);
  const announced = isKeptAlone ? fixedLength(body, headers) : undefined;
  if (announced && announced.length <= Math.min(keep, SMALL)) return wholeBody(announced);
  // Of a body that is announced to be larger, nothing that is kept could be used.
  return watchedBody(body, headers, exceeds(headers, keep) ? { ...options, keep: 0 } : options);
}

function untouched(body: ByteStream | null): RequestBody {
  let wasSent = false;
  return {
    send: () => {
      wasSent = true;
      return body;
    },
    signal: () => undefined,
    isRepeatable: () => body === null || !wasSent,
    fault: () => undefined,
    settle: () => undefined,
    // Rejects where somebody reads it, whose it then is to end.
    close: () => void body?.cancel().catch(() => undefined),
  };
}
