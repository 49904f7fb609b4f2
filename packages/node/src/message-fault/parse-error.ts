import type { Refusal } from '../refusal/refusal.ts';

/** An error of `clientError`. `node:http` adds what its parser says of it and what it was reading. */
export interface ParseError extends Error {
  readonly code?: string;
  readonly reason?: string;
  readonly rawPacket?: Buffer;
}

/** The beginning of a request line that is not at its end yet. */
const UNENDED_REQUEST_LINE = /^(?:\r?\n)*[A-Z-]+ [^ \r\n]*$/;

/**
 * What is answered to a message that can't be read on.
 *
 * @returns `undefined` where nobody is there to answer to, such as after a TLS handshake that failed.
 */
export function parseErrorRefusal(
  error: ParseError,
  { maxURLLength }: { readonly maxURLLength: number },
): Refusal | undefined {
  const { code = '', reason = '', rawPacket } = error;
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, reason: 'RequestTimeout' };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, reason: 'ContentTooLarge' };
    case 'HPE_HEADER_OVERFLOW': {
      // The parser doesn't say which part overflowed.
      const begun = rawPacket?.toString('latin1', 0, maxURLLength + 64) ?? '';
      return begun.length > maxURLLength && UNENDED_REQUEST_LINE.test(begun)
        ? { status: 414, reason: 'URITooLong' }
        : { status: 431, reason: 'HeaderFieldsTooLarge' };
    }
    case 'HPE_PAUSED_H2_UPGRADE':
      return { status: 505, reason: 'HTTPVersionNotSupported' };
    case 'HPE_INVALID_VERSION':
      // Said as well of a version that does not end where it should.
      return reason === 'Invalid HTTP version'
        ? { status: 505, reason: 'HTTPVersionNotSupported' }
        : { status: 400, reason: 'InvalidRequest' };
    default:
      return code.startsWith('HPE_') ? { status: 400, reason: 'InvalidRequest' } : undefined;
  }
}
