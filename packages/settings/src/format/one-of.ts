import type { Format } from './format.ts';

/** A name out of a list, as it stands there. */
export function oneOf<Name extends string>(names: readonly Name[]): Format<Name> {
  return {
    expected: `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
    read: (text) => names.find((name) => name === text),
    write: (name) => name,
  };
}
