import { html, raw as unescaped } from 'hono/html';

/** Text that is SVG already; whatever else is put into a template is escaped. */
export type Markup = Awaited<ReturnType<typeof html>>;

/**
 * SVG as a tagged template. Texts and numbers that are put in are escaped, Markup and lists of it are not, and `undefined` is
 * nothing. Characters that XML doesn't allow, and those that change the direction of what follows, become U+FFFD.
 *
 * Source: Extensible Markup Language (XML) 1.0, section 2.2.
 */
export function svg(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const markup = html(
    strings,
    ...values.map((value) => (typeof value === 'string' ? allowed(value) : value)),
  );
  // It is one only where a value is.
  if (markup instanceof Promise) throw new TypeError('a template without promises gave one');
  return markup;
}

/** Text of our own that is SVG, or CSS, as it is. */
export function raw(text: string): Markup {
  return unescaped(text);
}

type MarkupValue = Markup | number | string | undefined | readonly Markup[];

const NOT_ALLOWED = /[\p{Cc}\p{Bidi_Control}\ufffe\uffff]/gu;

function allowed(text: string): string {
  return text.toWellFormed().replaceAll(NOT_ALLOWED, '\ufffd');
}
