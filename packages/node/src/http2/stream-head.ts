import { fieldLines, valuesOf, type RawFields } from '../field-lines/field-lines.ts';
import { messageFault, type MessageLimits } from '../message-fault/message-fault.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { requestTarget, type RequestTarget } from '../request-target/request-target.ts';

/** What a request over HTTP/2 begins with. */
export interface StreamHead {
  readonly method: string;
  /** Whom and what it is for, or what is wrong with it. */
  readonly target: RequestTarget | Refusal | '*';
  /** Without pseudo-header fields and Host. */
  readonly fields: RawFields;
}

/**
 * Reads the header section of a request (RFC 9113 section 8.3) and holds it to what HTTP/1.1 is held to. That each pseudo-header
 * field is there once and before the others, and that no field speaks of a connection, Node has seen to.
 *
 * @param raw Name and value by turns.
 */
export function streamHead(raw: RawFields, limits: MessageLimits): StreamHead {
  const pseudo = (name: string): string | undefined => valuesOf(raw, name)[0];
  const method = pseudo(':method') ?? '';
  const fields = Array.from(fieldLines(raw))
    .filter(([name]) => !name.startsWith(':') && name !== 'host')
    .flat();
  return { method, target: targetOf(), fields };

  function targetOf(): StreamHead['target'] {
    const authority = pseudo(':authority');
    const hosts = valuesOf(raw, 'host');
    const [host = ''] = authority === undefined ? hosts : [authority];
    const url = pseudo(':path') ?? '';
    const rawHeaders = ['host', host, ...fields];
    const fault = messageFault({ httpVersion: '1.1', method, url, rawHeaders }, limits);
    if (fault !== undefined) return fault;
    // RFC 9113 section 8.3.1.
    if (hosts.length > 1 || hosts.some((each) => each.toLowerCase() !== host.toLowerCase())) {
      return { status: 400, reason: 'InvalidHost' };
    }
    if (pseudo(':scheme') !== 'https') return { status: 421, reason: 'MisdirectedRequest' };
    if (url !== '*' && !url.startsWith('/')) return { status: 400, reason: 'InvalidTarget' };
    const expectations = valuesOf(fields, 'expect');
    if (expectations.some((each) => each.toLowerCase() !== '100-continue')) {
      return { status: 417, reason: 'ExpectationFailed' };
    }
    return requestTarget({ method, target: url, scheme: 'https', host, local: host });
  }
}
