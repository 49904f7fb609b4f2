import leven from 'leven';

/** The one of `candidates` that `text` is most likely a misspelling of, if any. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  let found: string | undefined;
  // Half of the letters may be wrong, up to three.
  let least = Math.min(3, Math.floor(text.length / 2)) + 1;
  for (const candidate of candidates) {
    const distance = leven(text.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [found, least] = [candidate, distance];
  }
  return found;
}
