import { normalizePath } from '../path/path.ts';
import { compileRegularExpression } from '../regular-expression/compile.ts';
import type { Filter, Match, PathModifier, Rule, ValueMatch } from '../route/route.ts';
import type { TableEntry, TableValueMatch } from './table.ts';

/** A match of a rule, before the rule has its place in the table. */
type CompiledMatch = Omit<TableEntry, 'rule' | 'shadowedBy'>;

export interface CompiledRule {
  readonly filters: readonly Filter[];
  readonly matches: readonly CompiledMatch[];
}

/** A rule that can't be carried out; the message is for the one who wrote it. */
export class InvalidRule extends Error {}

/**
 * Normalises the paths of a rule and compiles its regular expressions.
 *
 * @throws {InvalidRule}
 */
export function compileRule(rule: Rule): CompiledRule {
  return {
    filters: (rule.filters ?? []).map((filter) => compileFilter(filter, rule)),
    matches: rule.matches.map(compileMatch),
  };
}

function compileMatch(match: Match): CompiledMatch {
  const { type, value } = match.path;
  const path = type === 'RegularExpression' ? value : compilePath(value);
  return {
    type,
    path,
    ...(path !== value && { written: value }),
    ...(type === 'RegularExpression' && { program: compileExpression(value) }),
    ...(match.method !== undefined && { method: match.method }),
    ...(match.headers?.length && {
      headers: compileValues(match.headers, (name) => name.toLowerCase()),
    }),
    ...(match.queryParams?.length && {
      queryParams: compileValues(match.queryParams, (name) => name),
    }),
  };
}

/** Of several for one name the first counts, as Gateway API v1 says of HTTPHeaderMatch and HTTPQueryParamMatch. */
function compileValues(
  values: readonly ValueMatch[],
  nameOf: (name: string) => string,
): readonly TableValueMatch[] {
  const byName = new Map<string, TableValueMatch>();
  for (const { type, name, value } of values) {
    const key = nameOf(name);
    if (byName.has(key)) continue;
    const program = type === 'RegularExpression' && { program: compileExpression(value) };
    byName.set(key, { name: key, value, ...program });
  }
  return [...byName.values()];
}

function compileExpression(pattern: string): NonNullable<TableEntry['program']> {
  const compiled = compileRegularExpression(pattern);
  if ('program' in compiled) return compiled.program;
  throw new InvalidRule(`regular expression ${JSON.stringify(pattern)}: ${compiled.error}`);
}

function compilePath(path: string): string {
  const normalized = normalizePath(path);
  if (normalized !== undefined) return normalized;
  throw new InvalidRule(
    `path ${JSON.stringify(path)} must start with "/" and have no backslash, no NUL and no "%" without two hexadecimal digits`,
  );
}

function compileFilter(filter: Filter, rule: Rule): Filter {
  if (filter.type !== 'RequestRedirect' && filter.type !== 'URLRewrite') return filter;
  return filter.path ? { ...filter, path: compileModifier(filter.path, rule) } : filter;
}

function compileModifier(modifier: PathModifier, rule: Rule): PathModifier {
  if (modifier.type === 'ReplaceFullPath') {
    return { ...modifier, replaceFullPath: compilePath(modifier.replaceFullPath) };
  }
  if (rule.matches.some((match) => match.path.type !== 'PathPrefix')) {
    throw new InvalidRule('ReplacePrefixMatch needs every match to be of type PathPrefix');
  }
  return { ...modifier, replacePrefixMatch: compilePath(modifier.replacePrefixMatch) };
}
