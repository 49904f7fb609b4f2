import type { Taker } from './taker.ts';

/** A path as rules write it. */
export interface IndexedPath {
  /** Normalised; a prefix without its trailing slash. */
  readonly text: string;
  readonly hash: number;
  /** Who is asked first about it. */
  readonly first: Taker;
  /** The longest prefix that it is below, asked where nobody here takes the request. */
  readonly above: IndexedPath | undefined;
  /** Another path with the same hash. */
  readonly twin: IndexedPath | undefined;
}

/** At the place that their hash says, or the next free one. At most half of the places are taken. */
type Slots = (IndexedPath | undefined)[];

/**
 * The paths of one host. Prefixes are found by the hash of what was read so far, while the path is read from its start: nothing is
 * cut out of it, and texts are compared only once.
 */
export interface PathIndex {
  readonly exact: Slots;
  readonly prefixes: Slots;
  /** The length of the longest path. */
  readonly longest: number;
}

/** Both by path, the prefixes without their trailing slashes. */
export function indexPaths(
  exact: ReadonlyMap<string, Taker>,
  prefixes: ReadonlyMap<string, Taker>,
): PathIndex {
  let longest = 0;
  for (const paths of [exact, prefixes]) {
    for (const path of paths.keys()) longest = Math.max(longest, path.length);
  }
  const index = { exact: slotsFor(exact.size), prefixes: slotsFor(prefixes.size), longest };
  // The shorter first, so that each finds the one that it is below.
  for (const [text, first] of [...prefixes].toSorted(([a], [b]) => a.length - b.length)) {
    insert(index.prefixes, text, first, find(index, text, text.length - 1));
  }
  for (const [text, first] of exact) {
    insert(index.exact, text, first, find(index, text, text.length));
  }
  return index;
}

/** What is asked first about a normalised path: the same, or else the longest prefix that it is below. */
export function firstPath(index: PathIndex, path: string): IndexedPath | undefined {
  return find(index, path, Math.min(path.length, index.longest));
}

const SLASH = 0x2f;
const FIRST_HASH = 0x81_1c_9d_c5 | 0;

/** FNV-1a. Source: RFC 9923 §2. */
function nextHash(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01_00_01_93);
}

/** @param end what is longer isn't looked for */
function find(index: PathIndex, path: string, end: number): IndexedPath | undefined {
  const { exact, prefixes } = index;
  let hash = FIRST_HASH;
  let longest: IndexedPath | undefined;
  let length = 0;
  for (let at = 0; at < end; at++) {
    const code = path.charCodeAt(at);
    if (code === SLASH) {
      const prefix = prefixes[slotOf(prefixes, hash)];
      if (prefix !== undefined) {
        longest = prefix;
        length = at;
      }
    }
    hash = nextHash(hash, code);
  }
  if (end === path.length) {
    const same = withText(exact[slotOf(exact, hash)], path, end);
    if (same !== undefined) return same;
  }
  if (end === path.length || path.charCodeAt(end) === SLASH) {
    const prefix = prefixes[slotOf(prefixes, hash)];
    if (prefix !== undefined) {
      longest = prefix;
      length = end;
    }
  }
  if (longest === undefined) return undefined;
  // Hardly ever it is another text that has the same hash.
  return withText(longest, path, length) ?? find(index, path, length - 1);
}

/** Of the paths with one hash, that which `path` starts with for this length. */
function withText(
  first: IndexedPath | undefined,
  path: string,
  length: number,
): IndexedPath | undefined {
  let found = first;
  while (found !== undefined && (found.text.length !== length || !path.startsWith(found.text))) {
    found = found.twin;
  }
  return found;
}

function slotsFor(count: number): Slots {
  return Array.from({ length: 2 ** Math.ceil(Math.log2(2 * count + 1)) }, () => undefined);
}

function insert(slots: Slots, text: string, first: Taker, above: IndexedPath | undefined): void {
  let hash = FIRST_HASH;
  for (let at = 0; at < text.length; at++) hash = nextHash(hash, text.charCodeAt(at));
  const slot = slotOf(slots, hash);
  slots[slot] = { text, hash, first, above, twin: slots[slot] };
}

/** Where paths with this hash are, or would be. */
function slotOf(slots: Slots, hash: number): number {
  const mask = slots.length - 1;
  let slot = (hash ^ (hash >>> 15)) & mask;
  for (let path = slots[slot]; path !== undefined && path.hash !== hash; path = slots[slot]) {
    slot = (slot + 1) & mask;
  }
  return slot;
}
