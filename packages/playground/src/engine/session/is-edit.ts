/**
 * Whether a text is another one with some of it changed: what both begin and end with is at least half of what there was. Of
 * something else that was pasted in its place nothing is to be kept.
 */
export function isEdit(before: string, after: string): boolean {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return start + end >= before.length / 2;
}
