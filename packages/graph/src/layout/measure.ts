/** How a text is set. Sizes are in user units of the drawing. */
export interface Font {
  readonly size: number;
  readonly family: 'monospace' | 'sans';
  readonly bold?: true;
}

/** Widths in em of a sans-serif typeface, about as wide as the widest of the common ones has them. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijlI.,:;'!|]/u, 0.32],
  [/[ftr()[\]/\\ "-]/u, 0.4],
  [/[mwMW%@]/u, 0.96],
  [/[A-Z&_~<>=+#]/u, 0.74],
  [/[a-z0-9*?$^{}]/u, 0.62],
  [/[\p{M}\p{Cf}]/u, 0],
  [/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\uff01-\uff60]/u, 1.05],
  [/\p{Extended_Pictographic}/u, 1.3],
];
const OTHER = 0.75;

function widthOf(character: string): number {
  return WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? OTHER;
}

/** What most texts are made of, ready to be looked up by its code. */
const ASCII: readonly number[] = Array.from({ length: 128 }, (_, code) =>
  widthOf(String.fromCharCode(code)),
);

/** About how wide a text is, rather more than less: there is nothing here to set it with. */
export function textWidth(text: string, { size, family, bold }: Font): number {
  let ems = 0;
  for (const character of text) {
    const width = ASCII[character.codePointAt(0) ?? 0] ?? widthOf(character);
    ems += family === 'monospace' ? (width > 1 ? 1.25 : width && 0.615) : width;
  }
  return ems * size * (bold ? 1.12 : 1);
}

/** The text, cut and closed with an ellipsis where it is wider than `width`. */
export function fitText(text: string, width: number, font: Font): string {
  if (textWidth(text, font) <= width) return text;
  const room = width - textWidth('…', font);
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += textWidth(character, font);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
