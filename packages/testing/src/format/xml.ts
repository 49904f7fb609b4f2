import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** What no XML 1.0 document may hold, not even escaped: section 2.2, production [2] Char. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

export type XML = HtmlEscapedString;

/** A piece of XML. Texts in it are escaped as HTML's are, which suits XML, and what XML forbids is taken out. */
export function xml(
  strings: TemplateStringsArray,
  ...values: readonly (number | string | XML | readonly XML[])[]
): XML {
  const markup = html(
    strings,
    ...values.map((value) => (typeof value === 'string' ? value.replaceAll(FORBIDDEN, '') : value)),
  );
  if (markup instanceof Promise) throw new TypeError('there is nothing to wait for in XML');
  return markup;
}
