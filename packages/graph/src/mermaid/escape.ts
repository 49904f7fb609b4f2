import { hash } from '@portolan/core';

/** What stands for itself in a quoted text, whatever comes before and after. */
const PLAIN = /^[A-Za-z0-9 ./,→-]$/u;

/**
 * Text as it stands between the double quotes of a label: everything that may mean something to Mermaid, to the Markdown or
 * to the HTML that it makes of labels is written as an entity, such as `#34;` for a double quote.
 *
 * Source: Mermaid documentation, Flowcharts, "Special characters that break syntax", "Entity codes to escape characters".
 */
export function escapeText(text: string): string {
  const escaped = Array.from(text.toWellFormed(), (character) =>
    PLAIN.test(character) ? character : `#${codeOf(character)};`,
  ).join('');
  // A line with a direction in it is a statement to Mermaid, even where it stands in quotes.
  return escaped.replaceAll('direction ', 'direction#32;');
}

/** Control characters have no code in HTML: U+FFFD stands for them. */
function codeOf(character: string): number {
  return /\p{Cc}/u.test(character) ? 0xfffd : (character.codePointAt(0) ?? 0xfffd);
}

/**
 * An id that can be no keyword and begins with none: words of the node's own id for people, and a hash that tells it from
 * others.
 */
export function mermaidId(id: string): string {
  const words = id
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== '');
  const digest = hash(id).toString(16).padStart(8, '0');
  return `_${words.join('_').slice(0, 60)}_${digest}`;
}
