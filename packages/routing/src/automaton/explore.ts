import { mostReadable } from './readable.ts';
import type { Budget, State } from './state.ts';

/** A text, and the numbers of those that accept it. */
export interface Witness {
  readonly text: string;
  readonly accepts: readonly number[];
}

/** A place in several automata at once, and how it was reached. */
interface Place {
  readonly language: State;
  /** Those that may still accept something. */
  readonly others: readonly State[];
  readonly point?: number;
  readonly from?: Place;
}

/**
 * Every set of numbers that `automata` accept together for some text of `language`, each once, with one of the shortest
 * texts, made of readable characters. Unless the budget is used up in the end, there is no other set.
 */
export function* explore(
  language: State,
  automata: readonly State[],
  budget: Budget,
): Generator<Witness, void> {
  const places: Place[] = [{ language, others: automata }];
  const seen = new Set<string>();
  const found = new Set<string>();
  for (const place of places) {
    if (place.language.accepts.length > 0) {
      const accepts = place.others.flatMap((state) => state.accepts);
      const key = accepts.join();
      if (!found.has(key)) {
        found.add(key);
        yield { text: textOf(place), accepts };
      }
    }
    // Nothing is accepted any more, and that is known already.
    if (place.others.length === 0 && found.has('')) continue;
    if (budget.left > 0) places.push(...nextPlaces(place, seen, budget));
  }
}

/** Those that weren't seen before, the more readable first. */
function nextPlaces(place: Place, seen: Set<string>, budget: Budget): readonly Place[] {
  const next = new Map<string, { readonly place: Place; readonly rank: number }>();
  for (const { low, high, language, others } of stepsOf(place, budget)) {
    const key = keyOf(language, others);
    if (seen.has(key)) continue;
    const { point, rank } = mostReadable(low, high, place.point);
    if (rank < (next.get(key)?.rank ?? Infinity)) {
      next.set(key, { place: { language, others, point, from: place }, rank });
    }
  }
  for (const key of next.keys()) seen.add(key);
  return [...next.values()].toSorted((a, b) => a.rank - b.rank).map((item) => item.place);
}

function keyOf(language: State, others: readonly State[]): string {
  let key = `${language.id}`;
  for (const { id } of others) key += `,${id}`;
  return key;
}

/** Code points that lead to the same place. */
interface Step {
  readonly low: number;
  readonly high: number;
  readonly language: State;
  readonly others: State[];
}

function stepsOf({ language, others }: Place, budget: Budget): readonly Step[] {
  const cuts = new Set<number>();
  for (const state of others) {
    for (const { low, high } of state.edges()) cuts.add(low).add(high + 1);
  }
  const ascending = [...cuts].toSorted((a, b) => a - b);
  const steps = language.edges().flatMap(({ low, high, to }) => {
    const inside = ascending.filter((cut) => cut > low && cut <= high);
    return [low, ...inside].map((start, index): Step => ({
      low: start,
      high: (inside[index] ?? high + 1) - 1,
      language: to,
      others: [],
    }));
  });
  budget.left -= steps.length;
  for (const state of others) {
    for (const { low, high, to } of state.edges()) {
      for (let index = firstFrom(steps, low); ; index++) {
        const step = steps[index];
        if (step === undefined || step.low > high) break;
        step.others.push(to);
        budget.left--;
      }
    }
  }
  return steps;
}

/** The index of the first step that doesn't end before `point`. */
function firstFrom(steps: readonly Step[], point: number): number {
  let start = 0;
  let end = steps.length;
  while (start < end) {
    const middle = (start + end) >> 1;
    if ((steps[middle]?.high ?? 0) < point) start = middle + 1;
    else end = middle;
  }
  return start;
}

function textOf(place: Place): string {
  const characters: string[] = [];
  for (let at: Place | undefined = place; at?.point !== undefined; at = at.from) {
    characters.push(String.fromCodePoint(at.point));
  }
  return characters.toReversed().join('');
}

/** How many steps it may take to find a text that one automaton accepts. */
const OWN_STEPS = 2000;

/** For each of `automata` one of the shortest texts that it accepts, if one is found soon. */
export function* acceptedTexts(
  language: State,
  automata: readonly State[],
): Generator<string, void> {
  for (const automaton of automata) {
    for (const { text, accepts } of explore(language, [automaton], { left: OWN_STEPS })) {
      if (accepts.length === 0) continue;
      yield text;
      break;
    }
  }
}
