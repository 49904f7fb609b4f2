import type { Kind } from './zone.ts';

/** Bytes before the question. */
export const HEADER = 12;

/** The queries of a kind, without their ids: RFC 1035 section 4.1. */
export function queriesOf({ type, names }: Kind): readonly Buffer[] {
  return names.map((name) => {
    const labels = name.split('.').map((label) => `${String.fromCharCode(label.length)}${label}`);
    const question = Buffer.from(`${labels.join('')}\0\0\0\0\0`, 'latin1');
    question.writeUInt16BE(type, question.length - 4);
    question.writeUInt16BE(1, question.length - 2);
    // One question, and recursion is desired, as resolvers say it to whomever they ask.
    return Buffer.concat([Buffer.of(0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0), question]);
  });
}

/** Whether it answers a query as those of its kind should be. */
export function isAnswer(message: Buffer, query: Buffer, { rcode, answers }: Kind): boolean {
  const flags = message.readUInt16BE(2);
  return (
    (flags & 0x8000) !== 0 &&
    (flags & 0xf) === rcode &&
    message.readUInt16BE(6) === answers &&
    message.compare(query, HEADER, query.length, HEADER, query.length) === 0
  );
}
