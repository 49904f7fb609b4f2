import { contains, WORD } from './code-points.ts';
import type { Assertion, Program } from './program.ts';

/**
 * Whether the whole of `text` matches, in time proportional to its length times the size of the program, whatever the
 * pattern: every way through the program is followed at once, none is tried again.
 *
 * Source: K. Thompson, Regular Expression Search Algorithm, CACM 11(6), 1968.
 */
export function matchesProgram(program: Program, text: string): boolean {
  const reached = new Uint32Array(program.length);
  const pending: number[] = [];
  let threads: number[] = [];
  let next: number[] = [];
  let step = 0;

  /** Follows everything that takes no code point, from `start` on. */
  const follow = (start: number, position: number, into: number[]): void => {
    pending.push(start);
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const instruction = program[at];
      if (instruction === undefined || reached[at] === step) continue;
      reached[at] = step;
      if (instruction[0] === 'jump') pending.push(instruction[1]);
      else if (instruction[0] === 'split') pending.push(instruction[1], instruction[2]);
      else if (instruction[0] !== 'assert') into.push(at);
      else if (holds(instruction[1], text, position)) pending.push(at + 1);
    }
  };

  step++;
  follow(0, 0, threads);
  for (let position = 0; position < text.length && threads.length > 0;) {
    const point = text.codePointAt(position) ?? 0;
    position += point > 0xffff ? 2 : 1;
    step++;
    for (const at of threads) {
      const instruction = program[at];
      if (instruction?.[0] === 'in' && contains(instruction[1], point)) {
        follow(at + 1, position, next);
      }
    }
    [threads, next] = [next, threads];
    next.length = 0;
  }
  return threads.some((at) => program[at]?.[0] === 'accept');
}

function holds(assertion: Assertion, text: string, position: number): boolean {
  if (assertion === 'start') return position === 0;
  if (assertion === 'end') return position === text.length;
  const isBoundary = isWord(text, position - 1) !== isWord(text, position);
  return isBoundary === (assertion === 'boundary');
}

function isWord(text: string, index: number): boolean {
  return contains(WORD, text.charCodeAt(index));
}
