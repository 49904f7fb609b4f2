/**
 * MurmurHash3 (x86, 32 bit) of the string's UTF-16 code units in little-endian order: a whole number from 0 to 2³²−1.
 *
 * Every bit of the text and of the seed changes each bit of the result with a probability close to one half, so any range
 * of bits is fit for spreading; two different texts collide with a probability of about 2⁻³². It is the same on every
 * platform and in every release. It is no protection against someone who looks for collisions.
 */
export function hash(text: string, seed = 0): number {
  let state = seed;
  const paired = text.length - (text.length % 2);
  for (let index = 0; index < paired; index += 2) {
    state ^= scramble(text.charCodeAt(index) | (text.charCodeAt(index + 1) << 16));
    state = (Math.imul(rotateLeft(state, 13), 5) + 0xe6546b64) | 0;
  }
  if (paired < text.length) state ^= scramble(text.charCodeAt(paired));
  return avalanche(state ^ (2 * text.length));
}

function scramble(block: number): number {
  return Math.imul(rotateLeft(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function avalanche(state: number): number {
  const first = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}
