import { Scalar, stringify } from 'yaml';

/** A value as YAML in one line, fit to stand anywhere. */
export function flowText(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

/**
 * A scalar as YAML, fit to stand anywhere.
 *
 * @param before The one that it replaces: its quotes are kept.
 */
export function scalarText(value: unknown, before: unknown): string {
  const scalar = new Scalar(value);
  if (typeof value === 'string' && before instanceof Scalar && isQuoted(before)) {
    scalar.type = before.type;
  }
  // A list restricts what may go without quotes.
  return flowText([scalar]).slice('[ '.length, -' ]'.length);
}

function isQuoted({ type }: Scalar): boolean {
  return type === Scalar.QUOTE_SINGLE || type === Scalar.QUOTE_DOUBLE;
}
