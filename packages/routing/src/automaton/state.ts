/** A state of a deterministic automaton over code points, which is made while it is walked. */
export interface State {
  /** No other state that is walked together with it has the same. */
  readonly id: number;
  /** The numbers of those that take the text if it ends here. */
  readonly accepts: readonly number[];
  /** Ascending and disjoint. What has no edge leads to where nothing is accepted any more. */
  readonly edges: () => readonly Edge[];
}

/** The code points from `low` to `high` (inclusive) lead to a state. */
export interface Edge {
  readonly low: number;
  readonly high: number;
  readonly to: State;
}

/** What may still be spent on walking: about one for each edge that is looked at. Nothing left: it was not walked to the end. */
export interface Budget {
  left: number;
}

/** What states that are walked together share. */
export interface Walk {
  readonly budget: Budget;
  readonly nextId: () => number;
}

export function walkWith(budget: Budget): Walk {
  let id = 0;
  return { budget, nextId: () => id++ };
}

/** Where `point` leads. */
function follow(state: State, point: number): State | undefined {
  for (const { low, high, to } of state.edges()) {
    if (point < low) return undefined;
    if (point <= high) return to;
  }
  return undefined;
}

/** What accepts the whole of `text`. */
export function acceptsOf(start: State, text: string): readonly number[] {
  let state: State | undefined = start;
  for (const character of text) {
    state = follow(state, character.codePointAt(0) ?? 0);
    if (state === undefined) return [];
  }
  return state.accepts;
}
