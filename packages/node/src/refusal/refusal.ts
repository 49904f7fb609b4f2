import { STATUS_CODES } from 'node:http';

/** Why a request never reached the handler, or had no answer from it. For machines, and safe to show to a client. */
export type RefusalReason =
  /** 400: the message is none that RFC 9112 allows, or one that two recipients would not read alike. */
  | 'InvalidRequest'
  /** 400: Host is missing, there are several, or what it says is no host. */
  | 'InvalidHost'
  /** 400: the request target is none for this method, or a URL can't carry it as it is. */
  | 'InvalidTarget'
  /** 408: the header section did not arrive in time. */
  | 'RequestTimeout'
  /** 413: chunk extensions, or the announced length of the content, are beyond measure. */
  | 'ContentTooLarge'
  /** 414: the request target is longer than `maxURLLength`. */
  | 'URITooLong'
  /** 417: Expect says something other than `100-continue`. */
  | 'ExpectationFailed'
  /** 421: the request target names a scheme that is not the connection's. */
  | 'MisdirectedRequest'
  /** 431: there are more than `maxHeaderFields` fields, or they are larger than `maxHeaderSize`. */
  | 'HeaderFieldsTooLarge'
  /** 500: the handler rejected. */
  | 'InternalError'
  /** 501: CONNECT, TRACE, or a method of RTSP or Icecast. */
  | 'MethodNotSupported'
  /** 501: an upgrade with content, where this version of Node can't decline upgrades. */
  | 'UpgradeNotSupported'
  /** 501: a transfer coding besides `chunked`. */
  | 'TransferCodingNotSupported'
  /** 505: neither HTTP/1.0 nor HTTP/1.1. */
  | 'HTTPVersionNotSupported';

/** What the server itself answers. The connection is closed afterwards. */
export interface Refusal {
  readonly status: 400 | 408 | 413 | 414 | 417 | 421 | 431 | 500 | 501 | 505;
  readonly reason: RefusalReason;
}

/** A refusal as it goes over the wire. */
export interface RefusalMessage {
  readonly status: number;
  /** The reason phrase. */
  readonly title: string;
  /** Name and value by turns. */
  readonly fields: readonly string[];
  readonly body: string;
}

/** The answer in the form of the proxy's own: problem details (RFC 9457) with status, reason and request id. */
export function refusalMessage({ status, reason }: Refusal, requestId: string): RefusalMessage {
  const title = titleOf(status);
  const body = JSON.stringify({ type: 'about:blank', title, status, reason, requestId });
  const fields = {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'x-request-id': requestId,
    connection: 'close',
  };
  return { status, title, fields: Object.entries(fields).flat(), body };
}

/** RFC 9110 section 15.5.14 gives 413 another name than `node:http` does. */
function titleOf(status: Refusal['status']): string {
  return status === 413 ? 'Content Too Large' : (STATUS_CODES[status] ?? '');
}
