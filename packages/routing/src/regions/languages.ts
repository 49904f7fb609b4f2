import { compileRegularExpression } from '../regular-expression/compile.ts';
import type { Program } from '../regular-expression/program.ts';

/** The octet of an escape that stands for what needs one. NUL is refused wherever it stands. */
const ESCAPED = '0[1-9A-F]|[189A-F][0-9A-F]|2[0-9A-CF]|3[A-F]|[46]0|5[B-E]|7[B-DF]';
const ALL_BUT_DOT = `(?:[!$&'()*+,\\-0-9:;=@A-Z_a-z~]|%(?:${ESCAPED}))`;
/** Neither `.` nor `..`. */
const ELEMENT = `(?:\\.{0,2}${ALL_BUT_DOT}|\\.{3})(?:${ALL_BUT_DOT}|\\.)*`;

/** The paths that `normalizePath` gives back as they are. */
export const NORMAL_PATH: string = `/(?:${ELEMENT}/)*(?:${ELEMENT})?`;

const NO_CHARACTER = '\\0\\r\\n\\ud800-\\udfff';

/**
 * What one header field may carry: no NUL, no line break, no blank at either end. Other characters than bytes are let
 * pass, as some runtimes read fields as UTF-8.
 *
 * Source: Fetch §2.2.2, header value.
 */
export const FIELD_VALUE: string = `(?:[^${NO_CHARACTER}\\t ](?:[^${NO_CHARACTER}]*[^${NO_CHARACTER}\\t ])?)?`;

/**
 * What fields of one name are joined to, where the last of them may be empty.
 *
 * Source: Fetch §2.2.2, get; RFC 9113 §8.2.3 for the semicolon between cookies.
 */
export const JOINED_FIELD_VALUES: string = `${FIELD_VALUE}(?:[,;] )*`;

/** What a query parameter may be after decoding. */
export const PARAMETER_VALUE: string = '[^\\ud800-\\udfff]*';

/** For one of those above. */
export function languageProgram(pattern: string): Program {
  const compiled = compileRegularExpression(pattern);
  if ('program' in compiled) return compiled.program;
  throw new Error(`${pattern} ${compiled.error}`);
}
