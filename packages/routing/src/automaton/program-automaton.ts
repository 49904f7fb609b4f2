import { contains, pairs, WORD } from '../regular-expression/code-points.ts';
import type { Assertion, Program } from '../regular-expression/program.ts';
import type { Edge, State, Walk } from './state.ts';

const LAST = 0x10_ffff;
const NONE: readonly number[] = [];

/** What stands before a place in a text. */
interface Before {
  readonly start: boolean;
  readonly word: boolean;
}

/** What stands after it. */
interface After {
  readonly end: boolean;
  readonly word: boolean;
}

const END: After = { end: true, word: false };

/**
 * A regular expression as a deterministic automaton that accepts `number` where `matchesProgram` says yes. A state is
 * the set of instructions that a text leads to; assertions about what comes next wait in it until that is known.
 *
 * Source: M. O. Rabin, D. Scott, Finite Automata and Their Decision Problems, IBM Journal 3(2), 1959.
 */
export function programAutomaton(program: Program, number: number, walk: Walk): State {
  const states = new Map<string, State>();
  const accepting = [number];
  const minds = program.some(([kind, detail]) => kind === 'assert' && isBoundary(detail));

  const stateOf = (places: readonly number[], before: Before): State => {
    const waits = places.some((at) => program[at]?.[0] === 'assert');
    const key = `${places.join()}${waits ? `${before.start}${before.word}` : ''}`;
    const known = states.get(key);
    if (known) return known;
    const settle = (after: After): readonly number[] =>
      waits ? reach(program, places, before, after) : places;
    const accepts = settle(END).some((at) => program[at]?.[0] === 'accept') ? accepting : NONE;
    let edges: readonly Edge[] | undefined;
    const state: State = {
      id: walk.nextId(),
      accepts,
      edges: () => (edges ??= edgesOf(settle)),
    };
    states.set(key, state);
    return state;
  };

  const edgesOf = (settle: (after: After) => readonly number[]): readonly Edge[] => {
    const [onWord, onOther] = [true, false].map((word) => settle({ end: false, word }));
    const cuts = new Set([0, ...(minds ? cutsOf(WORD) : [])]);
    for (const at of [...(onWord ?? []), ...(minds ? (onOther ?? []) : [])]) {
      const instruction = program[at];
      if (instruction?.[0] === 'in') for (const cut of cutsOf(instruction[1])) cuts.add(cut);
    }
    const lows = [...cuts].toSorted((a, b) => a - b);
    const targets = new Map<string, State>();
    const edges: Edge[] = [];
    for (const [index, low] of lows.entries()) {
      if (low > LAST) break;
      const word = minds && contains(WORD, low);
      const places = (word || !minds ? onWord : onOther) ?? [];
      walk.budget.left -= places.length;
      const next = places.filter((at) => takes(program, at, low)).map((at) => at + 1);
      if (next.length === 0) continue;
      const key = `${word}${next.join()}`;
      const before = { start: false, word };
      const to = targets.get(key) ?? stateOf(reach(program, next, before), before);
      targets.set(key, to);
      const high = (lows[index + 1] ?? LAST + 1) - 1;
      const last = edges.at(-1);
      if (last?.to === to && last.high === low - 1) edges[edges.length - 1] = { ...last, high };
      else edges.push({ low, high, to });
    }
    return edges;
  };

  const before = { start: true, word: false };
  return stateOf(reach(program, [0], before), before);
}

function isBoundary(assertion: unknown): boolean {
  return assertion === 'boundary' || assertion === 'not-boundary';
}

/** Where what a set of code points says of its members may change. */
function cutsOf(points: readonly number[]): readonly number[] {
  return pairs(points).flatMap(([low, high]) => [low, high + 1]);
}

function takes(program: Program, at: number, point: number): boolean {
  const instruction = program[at];
  return instruction?.[0] === 'in' && contains(instruction[1], point);
}

/** Everything that is reached from `starts` without taking a code point, ascending; assertions that `after` would settle are kept. */
function reach(
  program: Program,
  starts: readonly number[],
  before: Before,
  after?: After,
): readonly number[] {
  const seen = new Set<number>();
  const reached: number[] = [];
  const pending = [...starts];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const instruction = program[at];
    if (instruction === undefined || seen.has(at)) continue;
    seen.add(at);
    if (instruction[0] === 'jump') pending.push(instruction[1]);
    else if (instruction[0] === 'split') pending.push(instruction[1], instruction[2]);
    else if (instruction[0] !== 'assert') reached.push(at);
    else {
      const holds = settled(instruction[1], before, after);
      if (holds === undefined) reached.push(at);
      else if (holds) pending.push(at + 1);
    }
  }
  return reached.toSorted((a, b) => a - b);
}

function settled(
  assertion: Assertion,
  before: Before,
  after: After | undefined,
): boolean | undefined {
  if (assertion === 'start') return before.start;
  if (after === undefined) return undefined;
  if (assertion === 'end') return after.end;
  return (before.word !== after.word) === (assertion === 'boundary');
}
