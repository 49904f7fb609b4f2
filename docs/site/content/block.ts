/** A page's block of code that begins with these words. @throws {Error} where there is none */
export function blockOf(page: string, beginning: string): string {
  const blocks = [...page.matchAll(/^```.*\n([^]*?)^```$/gm)].map(([, block = '']) => block);
  const found = blocks.find((block) => block.startsWith(beginning));
  if (found === undefined) throw new Error(`no block of the page begins with ${beginning}`);
  return found.trimEnd();
}
