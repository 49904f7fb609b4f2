/** Whether a text has all of the words, in any order and whatever their case. */
export type Fits = (text: string) => boolean;

/** @param filter Words with blanks between; without any every text fits. */
export function fitting(filter: string): Fits {
  const words = filter.toLowerCase().split(/\s+/u).filter(Boolean);
  return (text) => {
    if (words.length === 0) return true;
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}
