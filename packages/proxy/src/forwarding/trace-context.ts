/** So many random bytes. */
export type RandomBytes = (length: number) => Uint8Array;

/** Version, trace-id, parent-id and flags. What a later version adds to them follows after a dash. */
const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;

const MEMBER = /^[a-z\d][a-z\d_*/@-]{0,255}=[ -+\--<>-~]{0,255}[!-+\--<>-~]$/;
const MOST_MEMBERS = 32;

/** Flags that have a meaning: sampled and random-trace-id. */
const FLAGS = 0b11;
const RANDOM = '02';

interface Parent {
  readonly traceId: string;
  readonly flags: number;
}

/** Source: W3C Trace Context Level 2, sections 3.2 and 3.2.4 (versions to come). */
function parseTraceparent(text: string): Parent | undefined {
  const [, version, traceId = '', parentId = '', flags = '', more] = TRACEPARENT.exec(text) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) {
    return undefined;
  }
  if (isZero(traceId) || isZero(parentId)) return undefined;
  return { traceId, flags: Number.parseInt(flags, 16) & FLAGS };
}

/** Whether it is a traceparent that is to be continued. */
export function isTraceparent(text: string): boolean {
  return parseTraceparent(text) !== undefined;
}

/** Whether it is a tracestate with at least one member: W3C Trace Context Level 2, section 3.3.1. */
export function isTracestate(text: string): boolean {
  const members = text
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
  return (
    members.length > 0 &&
    members.length <= MOST_MEMBERS &&
    members.every((member) => MEMBER.test(member))
  );
}

/**
 * The traceparent of a request that we send: the parent's trace under a new parent-id, or a new trace that is not sampled.
 *
 * @param parent That of the request which we received; what is none begins a new trace.
 */
export function newTraceparent(
  parent: string | undefined,
  randomBytes: RandomBytes = cryptoBytes,
): string {
  const continued = parent === undefined ? undefined : parseTraceparent(parent);
  const parentId = newId(8, randomBytes);
  if (continued === undefined) return `00-${newId(16, randomBytes)}-${parentId}-${RANDOM}`;
  return `00-${continued.traceId}-${parentId}-0${continued.flags}`;
}

/** Bytes that nobody has been given yet. Asking for a few costs nearly as much as asking for many. */
let stock = new Uint8Array(0);
const STOCK = 4096;

function cryptoBytes(length: number): Uint8Array {
  if (stock.byteLength < length) stock = crypto.getRandomValues(new Uint8Array(STOCK));
  const bytes = stock.subarray(0, length);
  stock = stock.subarray(length);
  return bytes;
}

/** Each byte in hexadecimal. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Zeros alone are no id. */
function newId(length: number, randomBytes: RandomBytes): string {
  let id = '';
  for (const byte of randomBytes(length)) id += HEX[byte];
  return isZero(id) ? id.replace(/0$/, '1') : id;
}

function isZero(id: string): boolean {
  return /^0+$/.test(id);
}
