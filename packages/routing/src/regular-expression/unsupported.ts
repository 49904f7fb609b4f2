/** The parts of the syntax that the parser is to read, so that what is refused is refused by its name. */
export interface Features {
  readonly lookbehind: true;
  readonly namedGroups: true;
  readonly unicodePropertyEscape: true;
  readonly modifiers: true;
}

/** A pattern that is well-formed and can't be compiled. */
export class Unsupported extends Error {}

export function unicodeProperty(raw: string): Unsupported {
  return new Unsupported(`${raw} is not supported: classes go by code points, not by properties`);
}
