import { withoutTrailingSlash } from '../path/path.ts';
import type { PathModifier } from '../route/route.ts';

/**
 * The path after `modifier`. All paths are normalised, and so is the result; a table's modifiers are.
 *
 * | path       | prefix  | replacement | result     |
 * | ---------- | ------- | ----------- | ---------- |
 * | `/foo/bar` | `/foo`  | `/xyz`      | `/xyz/bar` |
 * | `/foo/bar` | `/foo/` | `/xyz/`     | `/xyz/bar` |
 * | `/foo`     | `/foo`  | `/xyz`      | `/xyz`     |
 * | `/foo/`    | `/foo`  | `/xyz`      | `/xyz/`    |
 * | `/foo/bar` | `/foo`  | empty       | `/bar`     |
 * | `/foo`     | `/foo`  | empty, `/`  | `/`        |
 *
 * Source: Gateway API v1, HTTPPathModifier.
 *
 * @param prefix the `matchedPrefix` of the match. `ReplacePrefixMatch` leaves the path alone without one, which
 * `compileRoutes` doesn't let happen.
 */
export function modifyPath(
  modifier: PathModifier,
  path: string,
  prefix: string | undefined,
): string {
  if (modifier.type === 'ReplaceFullPath') return modifier.replaceFullPath;
  if (prefix === undefined) return path;
  const rest = path.slice(withoutTrailingSlash(prefix).length);
  return `${withoutTrailingSlash(modifier.replacePrefixMatch)}${rest}` || '/';
}
