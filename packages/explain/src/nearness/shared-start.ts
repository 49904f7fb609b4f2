/** How many elements two texts or lists have in common, counted from their beginning. */
export function sharedStart(a: ArrayLike<string>, b: ArrayLike<string>): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
