/**
 * A regular expression as instructions for the machine in `run.ts`: plain JSON data.
 *
 * - `in`: take one code point that lies in one of the ranges `[low, high, low, high, …]` (inclusive, ascending).
 * - `split`: go on at both places.
 * - `jump`: go on there.
 * - `assert`: go on if the place in the text is of that kind.
 * - `accept`: done, if the text is at its end.
 */
export type Instruction =
  | readonly ['in', readonly number[]]
  | readonly ['split', number, number]
  | readonly ['jump', number]
  | readonly ['assert', Assertion]
  | readonly ['accept'];

export type Assertion = 'start' | 'end' | 'boundary' | 'not-boundary';

/** Starts at the first instruction. */
export type Program = readonly Instruction[];
