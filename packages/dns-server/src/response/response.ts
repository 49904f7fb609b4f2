import type { Answer, ResourceRecord } from '@portolan/dns';
import {
  AUTHORITATIVE_ANSWER,
  CHECKING_DISABLED,
  encode,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  type Answer as PacketRecord,
} from 'dns-packet';

import type { Asked, EDNS } from '../query/query.ts';
import { compress, type Compressed } from './compress.ts';

/** RFC 1035 section 4.1.1, and RFC 6891 section 9 for BADVERS. */
const RCODES = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
} as const;

type ResponseCode = keyof typeof RCODES;

/** Bytes that we take over UDP, and send at most: RFC 9715 section 3.1. */
export const UDP_PAYLOAD = 1232;

/** Bytes. */
const OPT = 11;
const SHORTEST_RECORD = 12;

/** What is said: an answer, or nothing but a code. */
export type Told = Answer | { readonly rcode: ResponseCode };

/**
 * Writes a response.
 *
 * @param limit Bytes. What doesn't fit is left out: additional records first, for they are no part of the answer; where more is
 *   missing the bit TC says so (RFC 2181 section 9).
 * @throws {RangeError} for a name that DNS can't tell: a label of more than 63 bytes, or more than 255 in all.
 */
export function writeResponse(to: Asked, told: Told, limit: number): Uint8Array<ArrayBuffer> {
  const answer = 'answers' in told ? told : { ...NOTHING, ...told };
  const room = limit - (to.edns ? OPT : 0);
  // Of a great many no more are written than could fit.
  const most = Math.ceil(room / SHORTEST_RECORD);
  const answers = answer.answers.slice(0, most);
  const isAll = answers.length === answer.answers.length;
  const additionals = answers.length + answer.additionals.length > most ? [] : answer.additionals;
  let message = written(to, { ...answer, answers, additionals });
  if (message.bytes.length > room && additionals.length > 0) {
    message = written(to, { ...answer, answers, additionals: [] });
  }
  const bytes = message.bytes.length > room || !isAll ? cut(message, room) : message.bytes;
  return to.edns ? withOPT(bytes, to.edns, told.rcode) : bytes;
}

const NOTHING = { authoritative: false, answers: [], authorities: [], additionals: [] };

interface Sections extends Omit<Answer, 'rcode'> {
  readonly rcode: ResponseCode;
}

function written({ header, questionBytes }: Asked, sections: Sections): Compressed {
  const { rcode, authoritative, answers, authorities, additionals } = sections;
  const message = encode({
    type: 'response',
    id: header.id,
    flags:
      (header.opcode << 11) |
      (authoritative ? AUTHORITATIVE_ANSWER : 0) |
      (header.recursionDesired ? RECURSION_DESIRED : 0) |
      (header.checkingDisabled ? CHECKING_DISABLED : 0) |
      (RCODES[rcode] & 0xf),
    answers: answers.map(packetRecord),
    authorities: authorities.map(packetRecord),
    additionals: additionals.map(packetRecord),
  });
  return compress(message, questionBytes ?? new Uint8Array());
}

/** As many records as there is room for: answers, then authorities. The bit TC says that these are not all. */
function cut({ bytes, ends }: Compressed, room: number): Uint8Array<ArrayBuffer> {
  const records = Math.max(
    0,
    ends.findLastIndex((end) => end <= room),
  );
  const rest = bytes.slice(0, ends[records]);
  const view = new DataView(rest.buffer);
  const answers = Math.min(records, view.getUint16(6));
  view.setUint16(2, view.getUint16(2) | TRUNCATED_RESPONSE);
  view.setUint16(6, answers);
  view.setUint16(8, records - answers);
  view.setUint16(10, 0);
  return rest;
}

/** RFC 6891 section 6.1.2: at the root, type 41, our payload size, the upper bits of the code, version 0, flags, no options. */
function withOPT(
  bytes: Uint8Array,
  { wantsDNSSEC }: EDNS,
  rcode: ResponseCode,
): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes.length + OPT);
  whole.set(bytes);
  const view = new DataView(whole.buffer);
  view.setUint16(10, view.getUint16(10) + 1);
  const at = bytes.length + 1;
  view.setUint16(at, 41);
  view.setUint16(at + 2, UDP_PAYLOAD);
  view.setUint8(at + 4, RCODES[rcode] >> 4);
  view.setUint16(at + 6, wantsDNSSEC ? 0x8000 : 0);
  return whole;
}

function packetRecord({ name, ttl, data }: ResourceRecord): PacketRecord {
  const common = { name: tellable(name), ttl };
  switch (data.type) {
    case 'A':
    case 'AAAA':
      return { ...common, type: data.type, data: data.address };
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { ...common, type: data.type, data: tellable(data.target) };
    case 'SRV':
      return { ...common, type: data.type, data: { ...data, target: tellable(data.target) } };
    case 'TXT':
      return { ...common, type: data.type, data: data.text };
    case 'SOA':
      return { ...common, type: data.type, data };
  }
}

/** Kubernetes takes names that DNS doesn't: labels of an `externalName` may be as long as they like. */
function tellable(name: string): string {
  if (name.length > LONGEST_NAME || name.split('.').some((label) => label.length > LONGEST_LABEL)) {
    throw new RangeError(`${name} is longer than a name can be in DNS`);
  }
  return name;
}

/** RFC 1035 section 2.3.4: 255 bytes with the length of each label and the root. */
const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;
