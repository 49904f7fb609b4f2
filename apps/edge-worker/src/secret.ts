import * as v from 'valibot';

/** Characters; 16 random ones are out of reach for guessing over a network. */
const SHORTEST = 16;

const TOKEN = `must be at least ${SHORTEST} letters, digits or any of - . _ ~ + / and may end in =`;

/** A b64token, as a bearer token has to be: RFC 6750 section 2.1. What is wrong is said without saying what it holds. */
export const adminToken: v.GenericSchema<unknown, string> = v.pipe(
  v.string(TOKEN),
  v.check((text) => text.length >= SHORTEST && /^[\w.~+/-]+=*$/.test(text), TOKEN),
);

const SECRET = `must be at least ${SHORTEST} characters`;

export const sessionSecret: v.GenericSchema<unknown, string> = v.pipe(
  v.string(SECRET),
  v.minLength(SHORTEST, SECRET),
);
