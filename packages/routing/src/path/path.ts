/**
 * The one path normalisation: requests are matched by its result and forwarded with it, and the paths of rules go
 * through it as well.
 *
 * - Empty becomes `/` (RFC 3986 §6.2.3).
 * - Percent-encoded unreserved characters are decoded, the hexadecimal digits of other escapes are written in upper
 *   case (§6.2.2.1, §6.2.2.2). So `%2F` and `%5C` stay as they are and separate nothing.
 * - What may not stand in a path as it is (space, `"`, `<`, control characters, everything beyond ASCII …) is
 *   percent-encoded as UTF-8 (§2.1, §3.3).
 * - Consecutive slashes become one, then `.` and `..` elements are removed, never climbing above the root (§6.2.2.3,
 *   §5.2.4). A trailing slash stays.
 *
 * Normalising twice changes nothing. A path that is normal already is returned as it is, without allocation.
 *
 * @returns `undefined` for what no two servers read alike: no leading `/`, a backslash, `%` without two hexadecimal
 * digits, a NUL, encoded or not, and a lone surrogate. The answer to such a request is 400.
 */
export function normalizePath(path: string): string | undefined {
  if (path === '') return '/';
  if (path.charCodeAt(0) !== SLASH) return undefined;
  if (!ABNORMAL.test(path)) return path;
  const escaped = normalizeEscapes(path);
  return escaped === undefined ? undefined : removeDotSegments(escaped);
}

const SLASH = 0x2f;
const DOT = 0x2e;
const PERCENT = 0x25;

/** Unreserved characters (RFC 3986 §2.3). */
function isUnreserved(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || // a–z
    (code >= 0x41 && code <= 0x5a) || // A–Z
    (code >= 0x30 && code <= 0x39) || // 0–9
    code === DOT ||
    code === 0x2d || // -
    code === 0x5f || // _
    code === 0x7e // ~
  );
}

/** What may stand in a path as it is: `pchar` without escapes, and `/` (RFC 3986 §3.3). */
function isPathCharacter(code: number): boolean {
  return (
    isUnreserved(code) ||
    (code >= 0x26 && code <= 0x3b) || // & ' ( ) * + , - . / 0–9 : ;
    code === 0x21 || // !
    code === 0x24 || // $
    code === 0x3d || // =
    code === 0x40 // @
  );
}

/** The value of a hexadecimal digit, or NaN. */
function hexadecimal(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return NaN;
}

/** The byte that the escape at `index` stands for, or NaN. */
function escapedByte(path: string, index: number): number {
  return hexadecimal(path.charCodeAt(index + 1)) * 16 + hexadecimal(path.charCodeAt(index + 2));
}

/**
 * What a normal path doesn't have: a character that may not stand there, an empty element or a dot segment, an escape that is none,
 * of a NUL, of an unreserved character or in lower case.
 */
const ABNORMAL =
  /[^\w\-.~!$&'()*+,;=:@/%]|\/(?:\/|\.\.?(?:\/|$))|%(?:00|2[DE]|3\d|[46][1-9A-F]|[57][\dA]|5F|7E)|%(?![\dA-F]{2})/;

function normalizeEscapes(path: string): string | undefined {
  let result = '';
  for (let index = 0; index < path.length; index++) {
    const code = path.charCodeAt(index);
    if (code === PERCENT) {
      const byte = escapedByte(path, index);
      if (!(byte > 0)) return undefined;
      result += isUnreserved(byte)
        ? String.fromCharCode(byte)
        : path.slice(index, index + 3).toUpperCase();
      index += 2;
    } else if (isPathCharacter(code)) {
      result += path.charAt(index);
    } else {
      const character = String.fromCodePoint(path.codePointAt(index) ?? 0);
      if (character === '\\' || character === '\0' || !character.isWellFormed()) return undefined;
      result += encodeURIComponent(character);
      index += character.length - 1;
    }
  }
  return result;
}

function removeDotSegments(path: string): string {
  const elements = path.split('/');
  const kept: string[] = [];
  for (const element of elements) {
    if (element === '..') kept.pop();
    else if (element !== '' && element !== '.') kept.push(element);
  }
  const last = elements.at(-1);
  const isDirectory = last === '' || last === '.' || last === '..';
  return kept.length === 0 ? '/' : `/${kept.join('/')}${isDirectory ? '/' : ''}`;
}

/** A normalised path without its trailing slash; empty for the root. Prefixes are kept and found by it. */
export function withoutTrailingSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
