import { sameJSON } from '../json/same-json.ts';

export function requireEqual(actual: unknown, expected: unknown, what: string): void {
  if (sameJSON(actual, expected)) return;
  throw new Error(`${what}: expected ${textOf(expected)}, found ${textOf(actual)}`);
}

/** Runs it and gives what it throws, which has to be an error of this name. */
export function requireThrows(name: string, run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof Error && (error.name === name || name === 'Error')) return error;
    throw new Error(`expected a ${name}`, { cause: error });
  }
  throw new Error(`expected a ${name}, nothing was thrown`);
}

/** Enough of a value to see what is wrong with it. */
function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text;
}
