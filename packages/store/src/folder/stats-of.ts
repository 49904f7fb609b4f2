import { statSync, type Stats } from 'node:fs';

/** What the system says of a path; `undefined` where nothing is there, or nothing that we may look at. */
export function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
