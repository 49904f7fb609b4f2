const GOLDEN_RATIO = 0.618_033_988_749_895;

/** Numbers in [0, 1) that fill the range evenly, always the same ones: what is spread by them, nothing is left to luck. */
export function evenly(): () => number {
  let drawn = 0;
  return () => (++drawn * GOLDEN_RATIO) % 1;
}
