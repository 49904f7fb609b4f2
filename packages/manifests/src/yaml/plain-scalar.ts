const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE: ReadonlySet<string> = new Set(['true', 'True', 'TRUE']);
const FALSE: ReadonlySet<string> = new Set(['false', 'False', 'FALSE']);
const YAML11_TRUE: ReadonlySet<string> = new Set('y Y yes Yes YES on On ON'.split(' '));
const YAML11_FALSE: ReadonlySet<string> = new Set('n N no No NO off Off OFF'.split(' '));

const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/u;
const BASED = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))$/u;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/u;

/** What a scalar stands for, as `TreeScalar` has it. */
export interface ScalarValue {
  readonly value: string | number | boolean | null;
  readonly yaml11?: boolean;
}

/**
 * What an unquoted, untagged scalar stands for.
 *
 * Numbers are read as kubectl reads them: `0644` is octal, and `_` may separate digits. The booleans that only YAML 1.1
 * has are strings, as in YAML 1.2, with a note of what kubectl makes of them.
 */
export function plainScalar(source: string): ScalarValue {
  if (NULLS.has(source)) {
    return { value: null };
  }
  if (TRUE.has(source) || FALSE.has(source)) {
    return { value: TRUE.has(source) };
  }
  if (YAML11_TRUE.has(source) || YAML11_FALSE.has(source)) {
    return { value: source, yaml11: YAML11_TRUE.has(source) };
  }
  return { value: plainNumber(source) ?? source };
}

function plainNumber(source: string): number | undefined {
  if (!/^[-+.0-9]/u.test(source)) {
    return undefined;
  }
  const digits = source.replaceAll('_', '');
  if (DECIMAL.test(digits)) {
    return Number(digits);
  }
  const based = BASED.exec(digits);
  if (based) {
    const [, sign, hexadecimal, binary, octal] = based;
    const magnitude =
      hexadecimal === undefined
        ? Number.parseInt(binary ?? octal ?? '', binary === undefined ? 8 : 2)
        : Number.parseInt(hexadecimal, 16);
    return sign === '-' ? -magnitude : magnitude;
  }
  const number = FLOAT.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
