/** `a`, `a and b`, `a, b and c`; of more than `most`: `a, b and 4 others`. */
export function listed(items: readonly string[], most: number = 4): string {
  if (items.length > most) {
    const shown = items.slice(0, most - 1);
    return `${shown.join(', ')} and ${items.length - shown.length} others`;
  }
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 error`, `2 errors`, `0 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A value as it may stand in a sentence: one line, and not all of a long one. */
export function quoted(value: string): string {
  const [first = '', ...rest] = value.trim().split('\n');
  const isCut = rest.length > 0 || first.length > MOST;
  return isCut ? `${first.slice(0, MOST)}…` : first;
}

const MOST = 60;
