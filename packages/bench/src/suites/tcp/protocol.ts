/** The first byte of a connection to the endpoint, which answers with all that it is sent. */
export const ECHO = 0x65;

/** The first byte of one that wants a stream: `CHUNK` again and again, for as long as it takes it. */
export const STREAM = 0x73;

/** No part of it is like the one before. */
export const CHUNK: Buffer = Buffer.from(
  Uint32Array.from({ length: 16 * 1024 }, (_, index) => Math.imul(index, 2_654_435_761)).buffer,
);

/** What is sent to and fro. */
export const MESSAGE: Buffer = Buffer.alloc(64, ECHO);
