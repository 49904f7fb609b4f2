import regjsparser from 'regjsparser';
import type { RootNode } from 'regjsparser';

import { classPoints, escapedClass } from './character-class.ts';
import { complement, LINE_TERMINATORS } from './code-points.ts';
import type { Instruction, Program } from './program.ts';
import type { Features } from './unsupported.ts';
import { unicodeProperty, Unsupported } from './unsupported.ts';

/**
 * The most instructions that a program may have, the ranges of a class counted one by one. Repetitions are written
 * out, so `a{500}` takes 500 and `\w{500}`, of four ranges, 2000.
 */
export const MAXIMUM_PROGRAM = 4000;
/** The most UTF-16 code units that a pattern may have. */
export const MAXIMUM_PATTERN = 4096;

/**
 * Compiles a regular expression in ECMAScript's syntax (the stricter one of the `u` flag) for `matchesProgram`.
 *
 * It is to match the whole of a text, as if it stood between `^(?:` and `)$`, and with regard to case. Understood are
 * literals, escapes, `.`, classes, `\d \w \s` and their opposites, groups, alternatives, all quantifiers, `^ $ \b \B`.
 * Refused is what can't be matched in linear time (lookahead, lookbehind, backreferences), flags inside the pattern,
 * `\p{…}`, and a pattern or program that is too large.
 *
 * @returns the program, or in a sentence what is wrong with the pattern.
 */
export function compileRegularExpression(
  pattern: string,
): { readonly program: Program } | { readonly error: string } {
  if (pattern.length > MAXIMUM_PATTERN) {
    return { error: `must have at most ${MAXIMUM_PATTERN} characters` };
  }
  try {
    const draft: Draft = { instructions: [], size: 0 };
    emit(parse(pattern), draft);
    append(draft, ['accept']);
    return { program: draft.instructions };
  } catch (error) {
    if (error instanceof Unsupported) return { error: error.message };
    // The parser's messages go on with a drawing of the pattern below the first line.
    if (error instanceof SyntaxError) return { error: error.message.split('\n', 1)[0] ?? '' };
    // The parser and `emit` descend into groups: only a stack that is used up is left.
    if (error instanceof RangeError) return { error: 'groups are nested too deeply' };
    throw error;
  }
}

type Node = RootNode<Features>;

/** Everything is switched on, so that what is refused is refused by its name. */
function parse(pattern: string): Node {
  return regjsparser.parse<Features>(pattern, 'u', {
    lookbehind: true,
    namedGroups: true,
    unicodePropertyEscape: true,
    modifiers: true,
  });
}

interface Draft {
  readonly instructions: Instruction[];
  /** As `MAXIMUM_PROGRAM` counts. */
  size: number;
}

/** Returns where the instruction stands. */
function append(draft: Draft, instruction: Instruction): number {
  draft.size += instruction[0] === 'in' ? Math.max(1, instruction[1].length / 2) : 1;
  if (draft.size > MAXIMUM_PROGRAM) {
    throw new Unsupported(
      `is too large: written out, it needs more than ${MAXIMUM_PROGRAM} instructions`,
    );
  }
  return draft.instructions.push(instruction) - 1;
}

function emit(node: Node, draft: Draft): void {
  switch (node.type) {
    case 'alternative':
      for (const term of node.body) emit(term, draft);
      return;
    case 'disjunction':
      emitDisjunction(node.body, draft);
      return;
    case 'group':
      if (node.behavior !== 'normal' && node.behavior !== 'ignore') {
        throw new Unsupported(
          `${node.raw} is not supported: what looks around can't be matched in linear time`,
        );
      }
      if (node.behavior === 'ignore' && node.modifierFlags !== undefined) {
        throw new Unsupported(`${node.raw} is not supported: flags can't be changed`);
      }
      for (const term of node.body) emit(term, draft);
      return;
    case 'quantifier':
      emitRepetition(node.body[0], node.min, node.max, draft);
      return;
    case 'anchor':
      append(draft, ['assert', node.kind]);
      return;
    case 'dot':
      append(draft, ['in', complement(LINE_TERMINATORS)]);
      return;
    case 'value':
      append(draft, ['in', [node.codePoint, node.codePoint]]);
      return;
    case 'characterClassEscape':
      append(draft, ['in', escapedClass(node.value)]);
      return;
    case 'characterClass':
      append(draft, ['in', classPoints(node)]);
      return;
    case 'unicodePropertyEscape':
      throw unicodeProperty(node.raw);
    case 'reference':
      throw new Unsupported(
        `${node.raw} is not supported: a backreference can't be matched in linear time`,
      );
  }
}

function emitDisjunction(alternatives: readonly Node[], draft: Draft): void {
  const jumps: number[] = [];
  for (const [index, alternative] of alternatives.entries()) {
    if (index === alternatives.length - 1) {
      emit(alternative, draft);
      break;
    }
    const split = append(draft, ['split', 0, 0]);
    emit(alternative, draft);
    jumps.push(append(draft, ['jump', 0]));
    draft.instructions[split] = ['split', split + 1, draft.instructions.length];
  }
  for (const jump of jumps) draft.instructions[jump] = ['jump', draft.instructions.length];
}

function emitRepetition(
  body: Node,
  minimum: number,
  maximum: number | undefined,
  draft: Draft,
): void {
  for (let count = 0; count < minimum; count++) {
    const before = draft.instructions.length;
    emit(body, draft);
    // What takes no instruction needn't be repeated, however often that is asked for.
    if (draft.instructions.length === before) return;
  }
  if (maximum === undefined) {
    const split = append(draft, ['split', 0, 0]);
    emit(body, draft);
    append(draft, ['jump', split]);
    draft.instructions[split] = ['split', split + 1, draft.instructions.length];
    return;
  }
  const splits: number[] = [];
  for (let count = minimum; count < maximum; count++) {
    splits.push(append(draft, ['split', 0, 0]));
    emit(body, draft);
  }
  for (const split of splits)
    draft.instructions[split] = ['split', split + 1, draft.instructions.length];
}
