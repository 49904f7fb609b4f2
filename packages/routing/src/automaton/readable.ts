const PERCENT = 0x25;

/** Code points, the more readable first. */
const BY_READABILITY: readonly (readonly [low: number, high: number])[] = [
  [0x61, 0x7a], // a–z
  [0x30, 0x39], // 0–9
  [0x41, 0x5a], // A–Z
  [0x2d, 0x2d], // -
  [0x5f, 0x5f], // _
  [0x2e, 0x2f], // . /
  [0x21, 0x24], // ! " # $
  [0x26, 0x2c], // & ' ( ) * + ,
  [0x3a, 0x40], // : ; < = > ? @
  [0x5b, 0x60], // [ \ ] ^ `
  [0x7b, 0x7e], // { | } ~
  [0x20, 0x20],
  [0x25, 0x25], // %
  [0xa1, 0xd7ff],
  [0xe000, 0x10_ffff],
  [0x00, 0x10_ffff],
];

/** Of escapes `%20` is best known. */
const AFTER_PERCENT: typeof BY_READABILITY = [[0x32, 0x32], ...BY_READABILITY];

/**
 * The most readable code point from `low` to `high`, and its rank, lower for the more readable.
 *
 * @param previous The code point that it shall stand after.
 */
export function mostReadable(
  low: number,
  high: number,
  previous: number | undefined,
): { readonly point: number; readonly rank: number } {
  const order = previous === PERCENT ? AFTER_PERCENT : BY_READABILITY;
  for (const [index, [first, last]] of order.entries()) {
    const point = Math.max(low, first);
    if (point <= Math.min(high, last)) return { point, rank: index * 0x20_0000 + point };
  }
  return { point: low, rank: Infinity };
}
