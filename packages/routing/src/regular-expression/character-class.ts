import type { CharacterClass, CharacterClassEscape } from 'regjsparser';

import type { CodePoints } from './code-points.ts';
import { complement, DIGITS, pairs, SPACE, union, WORD } from './code-points.ts';
import type { Features } from './unsupported.ts';
import { unicodeProperty } from './unsupported.ts';

const ESCAPED = { d: DIGITS, w: WORD, s: SPACE } as const;

/** The code points of `\d`, `\w`, `\s` and, in capitals, of all others. */
export function escapedClass(escape: CharacterClassEscape['value']): CodePoints {
  if (escape === 'd' || escape === 'w' || escape === 's') return ESCAPED[escape];
  return complement(escapedClass(escape === 'D' ? 'd' : escape === 'W' ? 'w' : 's'));
}

/** The code points of `[…]`. */
export function classPoints(node: CharacterClass<Features>): CodePoints {
  const points = union(node.body.flatMap(rangesOf));
  return node.negative ? complement(points) : points;
}

function rangesOf(
  member: CharacterClass<Features>['body'][number],
): readonly (readonly [low: number, high: number])[] {
  if (member.type === 'value') return [[member.codePoint, member.codePoint]];
  if (member.type === 'characterClassRange') return [[member.min.codePoint, member.max.codePoint]];
  if (member.type === 'characterClassEscape') return pairs(escapedClass(member.value));
  throw unicodeProperty(member.raw);
}
