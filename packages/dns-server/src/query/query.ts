import { Buffer } from 'node:buffer';

import type { Question } from '@portolan/dns';
import { decode } from 'dns-packet';

/** What a message says of itself before anything else: RFC 1035 section 4.1.1. */
interface Header {
  readonly id: number;
  /** 0 is QUERY. */
  readonly opcode: number;
  readonly recursionDesired: boolean;
  readonly checkingDisabled: boolean;
}

/** What a client can do: RFC 6891 section 6.1. */
export interface EDNS {
  readonly version: number;
  /** Bytes that it takes over UDP. */
  readonly payloadSize: number;
  /** The bit DO, which is sent back: RFC 3225 section 3. */
  readonly wantsDNSSEC: boolean;
}

/** What a response has of the message that it responds to. */
export interface Asked {
  readonly header: Header;
  /** The question as it was sent; absent where it isn't sent back. */
  readonly questionBytes?: Uint8Array;
  readonly edns?: EDNS;
}

/** A query that can be answered. */
export interface Query extends Asked {
  readonly question: Question;
}

/** A message that is no query which could be answered. */
export interface Fault extends Asked {
  readonly rcode: 'FORMERR' | 'NOTIMP';
}

/** Bytes. */
const HEADER = 12;
const SHORTEST_RECORD = 11;

/**
 * Reads a query.
 *
 * @returns `undefined` for what is never answered: a response, and what is too short to have a header.
 */
export function readQuery(message: Uint8Array): Fault | Query | undefined {
  if (message.length < HEADER) return undefined;
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  const flags = view.getUint16(2);
  if ((flags & 0x8000) !== 0) return undefined;
  const header: Header = {
    id: view.getUint16(0),
    opcode: (flags >> 11) & 0xf,
    recursionDesired: (flags & 0x0100) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
  };
  if (header.opcode !== 0) return { header, rcode: 'NOTIMP' };
  const malformed: Fault = { header, rcode: 'FORMERR' };
  // Only one question has a meaning: RFC 9619 section 4.
  if (view.getUint16(4) !== 1) return malformed;
  // Room is made for as many records as are announced, so nobody may announce more than could be there.
  const records = view.getUint16(6) + view.getUint16(8) + view.getUint16(10);
  if (records * SHORTEST_RECORD > message.length) return malformed;
  const name = readName(message);
  if (name === undefined) return malformed;
  try {
    return decoded(message, header, name);
  } catch {
    return malformed;
  }
}

/** @throws {Error} for what is malformed. */
function decoded(message: Uint8Array, header: Header, { name, end }: Name): Fault | Query {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.length);
  const { questions: [question] = [], additionals = [] } = decode(bytes);
  const [option, ...others] = additionals.flatMap((each) => (each.type === 'OPT' ? [each] : []));
  // RFC 6891 section 6.1.1.
  const isOdd = others.length > 0 || (option && option.name !== '.');
  if (question === undefined || isOdd) return { header, rcode: 'FORMERR' };
  return {
    header,
    // The library calls what it has no name for UNKNOWN_65, RFC 3597 TYPE65.
    question: {
      name,
      type: question.type.replace('UNKNOWN_', 'TYPE'),
      class: question.class ?? '',
    },
    questionBytes: message.subarray(HEADER, end + 4),
    ...(option && {
      edns: {
        version: option.ednsVersion,
        payloadSize: option.udpPayloadSize,
        wantsDNSSEC: option.flag_do,
      },
    }),
  };
}

interface Name {
  readonly name: string;
  /** Where what follows it begins. */
  readonly end: number;
}

/**
 * The name of the question as RFC 1035 section 5.1 writes it: the library would take a dot within a label for one between two. No
 * name stands before it that it could be a pointer to.
 */
function readName(message: Uint8Array): Name | undefined {
  const labels: string[] = [];
  let at = HEADER;
  for (;;) {
    const length = message[at];
    if (length === undefined || length > 63) return undefined;
    at += 1;
    if (length === 0) return { name: labels.join('.'), end: at };
    labels.push([...message.subarray(at, at + length)].map(written).join(''));
    at += length;
  }
}

function written(byte: number): string {
  const isPlain = byte > 0x20 && byte < 0x7f && byte !== DOT && byte !== BACKSLASH;
  return isPlain ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`;
}

const DOT = 0x2e;
const BACKSLASH = 0x5c;
