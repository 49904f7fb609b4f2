import { METHODS, type IncomingMessage } from 'node:http';

import { valuesOf, type RawFields } from '../field-lines/field-lines.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { isHost } from '../request-target/host.ts';

export interface MessageLimits {
  /** Bytes of the header section without its first line. */
  readonly maxHeaderSize: number;
  readonly maxHeaderFields: number;
  /** Bytes of the request target. */
  readonly maxURLLength: number;
}

/** What a request message is judged by. */
export type MessageHead = Pick<IncomingMessage, 'httpVersion' | 'method' | 'rawHeaders' | 'url'>;

/** Methods that no Request can have (Fetch standard section 2.2.1), and Icecast's own. */
const UNSUPPORTED: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK', 'SOURCE']);
/** The parser knows those of RTSP besides. */
const HTTP_METHODS: ReadonlySet<string> = new Set(METHODS);

/**
 * What is wrong with a request that `node:http` takes. Its parser refuses most of what RFC 9112 forbids; this is the rest.
 */
export function messageFault(message: MessageHead, limits: MessageLimits): Refusal | undefined {
  const { httpVersion, method = '', rawHeaders, url = '' } = message;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') {
    return { status: 505, reason: 'HTTPVersionNotSupported' };
  }
  if (UNSUPPORTED.has(method) || !HTTP_METHODS.has(method)) {
    return { status: 501, reason: 'MethodNotSupported' };
  }
  if (url.length > limits.maxURLLength) return { status: 414, reason: 'URITooLong' };
  if (rawHeaders.length / 2 > limits.maxHeaderFields || sizeOf(rawHeaders) > limits.maxHeaderSize) {
    return { status: 431, reason: 'HeaderFieldsTooLarge' };
  }
  return framingFault(httpVersion, rawHeaders) ?? hostFault(httpVersion, rawHeaders);
}

/** Name, colon, space, value, CR, LF. */
function sizeOf(raw: RawFields): number {
  return raw.reduce((sum, text) => sum + text.length + 2, 0);
}

/** RFC 9112 sections 6.1 and 6.2, RFC 9110 section 8.6. */
function framingFault(httpVersion: string, raw: RawFields): Refusal | undefined {
  const codings = valuesOf(raw, 'transfer-encoding');
  if (codings.length > 0) {
    const [coding = '', ...more] = codings
      .join(',')
      .toLowerCase()
      .split(',')
      .map((each) => each.trim());
    if (httpVersion === '1.0') return { status: 400, reason: 'InvalidRequest' };
    if (coding === 'chunked' && more.length === 0) return undefined;
    return coding === '' || more.includes('')
      ? { status: 400, reason: 'InvalidRequest' }
      : { status: 501, reason: 'TransferCodingNotSupported' };
  }
  const [length] = valuesOf(raw, 'content-length');
  return length !== undefined && !Number.isSafeInteger(Number(length))
    ? { status: 413, reason: 'ContentTooLarge' }
    : undefined;
}

/** RFC 9112 section 3.2. An empty Host is allowed there, but is the host of no http URI. */
function hostFault(httpVersion: string, raw: RawFields): Refusal | undefined {
  const hosts = valuesOf(raw, 'host');
  if (hosts.length === 0 && httpVersion === '1.0') return undefined;
  const [host = ''] = hosts;
  return hosts.length === 1 && isHost(host) ? undefined : { status: 400, reason: 'InvalidHost' };
}
